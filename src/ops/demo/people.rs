//! Made-up people: the same for the same seed. County digits 99 belong to no place, phones start with 154.
use crate::bundle::codes::Codes;
use crate::model::Level;
use crate::model::identity::check_character;

/// SplitMix64: small, fixed for ever, so that a seed means the same people in every version.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Evenly below `n`, 0 for 0.
    pub fn below(&mut self, n: usize) -> usize {
        let n64 = u64::try_from(n).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.roll() % n64).unwrap_or(0)
    }

    pub fn pick<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> Option<&'a T> {
        all.get(self.below(all.len())).copied()
    }

    /// True in `percent` of 100 cases.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
}

const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "吴", "周", "徐", "孙", "马", "朱", "胡", "郭", "何", "高", "林",
    "罗", "郑", "梁", "谢", "宋", "唐", "许", "韩", "冯", "邓", "曹", "单", "仇", "查", "区", "解", "任", "朴", "曾",
    "欧阳", "尉迟",
];
const GIVEN: &[&str] = &[
    "伟", "芳", "娜", "秀英", "敏", "静", "丽", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超",
    "秀兰", "霞", "平", "刚", "桂英", "建国", "志强", "晓东", "雪梅", "海燕", "文博", "春花",
];
const LONG_NAMES: &[&str] = &["乌云其其格", "巴特尔", "那仁满都拉", "苏日娜", "阿卜杜拉·买买提", "萨仁图雅"];
const UNITS: &[&str] = &[
    "东胜区城市管理局",
    "达拉特旗林业和草原局",
    "准格尔旗水利局",
    "乌审旗机关后勤服务中心",
    "康巴什区园林服务中心",
    "伊金霍洛旗公路养护站",
    "杭锦旗自然资源局",
    "鄂托克旗农牧局",
    "鄂托克前旗交通运输局",
    "市中心医院后勤部",
];
const OCCUPATIONS: &[&str] = &[
    "汽车维修工",
    "公路养护工",
    "电工",
    "中式烹调师",
    "保卫管理员",
    "护林员",
    "仓储管理员",
    "林木种苗工",
    "农艺工",
    "物业管理员",
];

/// The place of 张三 among the made-up people, from 0: somebody whom everybody can look for.
pub const KNOWN: usize = 2;
const KNOWN_NAME: &str = "张三";

/// One row of the 33-column candidate sheet.
pub type Row = Vec<String>;

/// Headings of the sheet that [`rows`] fills.
pub const HEADINGS: [&str; 33] = [
    "序号",
    "职业工种名称",
    "认定等级",
    "申报条件",
    "证件类型",
    "证件号码",
    "姓名",
    "性别",
    "出生日期",
    "手机号码",
    "是否有职业资格证书",
    "证书等级",
    "证书编号",
    "文化程度",
    "所在省（市）区",
    "考生来源",
    "所在单位",
    "报名单位",
    "认定分类",
    "专业",
    "考试类型",
    "民族",
    "参加工作时间",
    "电子邮箱",
    "专业年限",
    "户籍所在地",
    "政治面貌",
    "学历证书编号",
    "简要经历",
    "通讯地址",
    "证书领取方式",
    "邮政编码",
    "邮寄地址",
];

/// `count` made-up applicants; person n has the nth identity number, so that no two are the same.
pub fn rows(codes: &Codes, seed: u64, count: usize) -> Vec<Row> {
    stream(codes, seed, count).collect()
}

/// The same one by one, for files that do not fit into memory.
pub fn stream(codes: &Codes, seed: u64, count: usize) -> impl Iterator<Item = Row> {
    let mut dice = Dice::new(seed);
    (0..count).map(move |n| row(codes, &mut dice, n))
}

fn row(codes: &Codes, dice: &mut Dice, n: usize) -> Row {
    let occupation = dice.pick(OCCUPATIONS).and_then(|name| codes.occupation(name));
    let levels: Vec<Level> = occupation.map(|o| o.levels().collect()).unwrap_or_default();
    // Lower levels are commoner.
    let level = levels.get(dice.below(levels.len()).min(dice.below(levels.len()))).copied().unwrap_or(Level::Five);
    let female = dice.chance(45);
    let (year, month, day) = birthday(n);
    let number = identity(n, (year, month, day), female);
    let name = match dice.chance(6) {
        true => dice.pick(LONG_NAMES).unwrap_or_default().to_owned(),
        false => format!("{}{}", dice.pick(SURNAMES).unwrap_or_default(), dice.pick(GIVEN).unwrap_or_default()),
    };
    let name = if n == KNOWN { KNOWN_NAME.to_owned() } else { name };
    let prior = Level::ALL.into_iter().find(|l| l.digit() == level.digit() + 1);
    let (has, prior_level, prior_number, category) = match prior {
        Some(prior) => {
            // The serial has six places; a larger crowd begins anew.
            let number = format!("S000015006001{:02}{}{:06}", 12 + dice.below(8), prior.digit(), n % 999_999 + 1);
            ("是", prior.official().to_owned(), number, "晋级认定")
        }
        None => ("否", String::new(), String::new(), "初次认定"),
    };
    let blank = String::new;
    vec![
        (n + 1).to_string(),
        occupation.map(|o| o.name.clone()).unwrap_or_default(),
        level.official().to_owned(),
        format!("申报条件（{}）", 1 + dice.below(3)),
        "居民身份证".to_owned(),
        number,
        name.clone(),
        if female { "女" } else { "男" }.to_owned(),
        format!("{year:04}-{month:02}-{day:02}"),
        format!("154{:08}", (n * 7919 + 1234) % 100_000_000),
        has.to_owned(),
        prior_level,
        prior_number,
        dice.pick(&["初中", "高中", "中等专业学校", "技校", "大学专科和专科学校", "大学本科"])
            .unwrap_or_default()
            .to_owned(),
        "内蒙古自治区".to_owned(),
        "机关事业单位".to_owned(),
        dice.pick(UNITS).unwrap_or_default().to_owned(),
        "演示职业培训学校".to_owned(),
        category.to_owned(),
        blank(),
        "正考".to_owned(),
        ethnic(&name).to_owned(),
        format!("{:04}-07", (year + 20).min(2022)),
        blank(),
        // Never more than the years since work began.
        (1 + dice.below(30)).min(2023 - (year + 20).min(2022)).to_string(),
        "内蒙古自治区鄂尔多斯市".to_owned(),
        dice.pick(&["群众", "中共党员"]).unwrap_or_default().to_owned(),
        blank(),
        blank(),
        "内蒙古自治区鄂尔多斯市".to_owned(),
        "单位代领".to_owned(),
        blank(),
        blank(),
    ]
}

fn ethnic(name: &str) -> &'static str {
    match name {
        "阿卜杜拉·买买提" => "维吾尔族",
        "乌云其其格" | "巴特尔" | "那仁满都拉" | "苏日娜" | "萨仁图雅" => "蒙古族",
        _ => "汉族",
    }
}

/// Days of 34 years of 336 days; with [`identity`] no two numbers are the same below fifty million.
fn birthday(n: usize) -> (usize, usize, usize) {
    let day = (n % 4500 * 13 + n / 4500) % (34 * 336);
    (1968 + day / 336, 1 + day % 336 / 28, 1 + day % 28)
}

/// A number with county digits 99 and a valid check character.
fn identity(n: usize, (year, month, day): (usize, usize, usize), female: bool) -> String {
    let order = (n / 9 % 500) * 2 + usize::from(!female);
    let county = if n % 9 < 5 { format!("150{}99", 1 + n % 9) } else { format!("152{}99", n % 9 - 4) };
    let body = format!("{county}{year:04}{month:02}{day:02}{order:03}");
    let check = char::from(check_character(body.as_bytes()));
    format!("{body}{check}")
}
