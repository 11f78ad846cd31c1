//! The parts of a filing: one table of a folder each, one list of a JSON file each. Keys are ours, headings those of the
//! official form; a table may use either.

#[derive(Debug)]
pub struct Part {
    pub name: &'static str,
    /// Key, heading, and a cell of the template.
    pub columns: &'static [(&'static str, &'static str, &'static str)],
}

/// In the order of the form; the first has one row only, and a JSON file has an object for it.
pub const PARTS: [Part; 6] = [
    Part {
        name: "organisation",
        columns: &[
            ("credit_code", "统一社会信用代码", "91150699MA0KW0001B"),
            ("name", "名称", "示例企业有限公司"),
            ("kind", "单位性质", "企业"),
            ("address", "地址", "示例旗工业园区1号"),
            ("certificate_prefix", "评价机构代码", ""),
            ("round", "批次", "1"),
            ("unit", "填报单位", "示例市人力资源和社会保障局"),
            ("contact", "联系人", "示例"),
            ("post", "职务", "培训科科长"),
            ("landline", "座机", ""),
            ("mobile", "手机", "15400000001"),
            ("email", "电子邮箱", "name@example.com"),
            ("strengths", "组织优势专业优势", "示例"),
            ("venue", "场地情况", "示例"),
            ("systems", "计算机考务管理及视频监控", "示例"),
        ],
    },
    Part {
        name: "occupations",
        columns: &[
            ("name", "职业(工种)名称", "电工"),
            ("code", "职业编码", "6-31-01-03"),
            ("lowest", "最低等级", "5"),
            ("highest", "最高等级", "3"),
            ("fee", "收费标准", "0"),
        ],
    },
    Part {
        name: "equipment",
        columns: &[
            ("name", "名称", "电工实训台"),
            ("brand", "品牌", "示例"),
            ("model", "规格/型号", "示例"),
            ("quantity", "数量", "20"),
            ("owner", "所有权归属", "本单位"),
        ],
    },
    Part {
        name: "staff",
        columns: &[
            ("kind", "人员类别", "考评人员"),
            ("name", "姓名", "示例"),
            ("id_number", "身份证号", "150699199001010015"),
            ("unit", "所在单位", ""),
            ("post", "职务/职称/技能等级", "技师"),
            ("education", "学历", "大专"),
            ("duty", "主要工作职责", ""),
            ("occupations", "考评(督导)职业", "电工"),
        ],
    },
    Part {
        name: "attachments",
        columns: &[
            ("kind", "类别", "规章制度"),
            ("title", "名称", "考务管理制度"),
            ("file", "文件", "考务管理制度.pdf"),
            ("person", "本人身份证号", ""),
            ("number", "文号", ""),
            ("dated", "日期", ""),
        ],
    },
    Part {
        name: "conditions", columns: &[("number", "基本条件序号", "1"), ("evidence", "证明情况", "示例")]
    },
];

impl Part {
    /// The key of a heading or key.
    pub fn key(&self, heading: &str) -> Option<&'static str> {
        self.columns.iter().find(|(key, official, _)| *key == heading || *official == heading).map(|(key, ..)| *key)
    }

    pub fn file(&self) -> String {
        format!("{}.csv", self.name)
    }
}

pub fn place(name: &str) -> Option<usize> {
    PARTS.iter().position(|part| part.name == name)
}
