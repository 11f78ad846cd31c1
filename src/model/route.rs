//! How a person comes to an application (申报类别).
use serde::{Deserialize, Serialize};

/// Kinds of application seen in the notices; a policy lists those it accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Route {
    /// 初次申报
    First,
    /// 晋级申报
    Promotion,
    /// 平转申报: same level in another occupation after a change of post.
    Transfer,
    /// 贯通申报: by a professional title (职称).
    Recognition,
    /// 退役军人申报
    Veteran,
    /// 退伍安置、企业调入
    Resettled,
}

/// What sheets have for the unit that registers (报名单位) of somebody who registers alone.
pub const ALONE: &str = "个人";

impl Route {
    pub const ALL: [Route; 6] =
        [Route::First, Route::Promotion, Route::Transfer, Route::Recognition, Route::Veteran, Route::Resettled];

    pub fn code(self) -> &'static str {
        match self {
            Route::First => "first",
            Route::Promotion => "promotion",
            Route::Transfer => "transfer",
            Route::Recognition => "recognition",
            Route::Veteran => "veteran",
            Route::Resettled => "resettled",
        }
    }

    pub fn parse(code: &str) -> Option<Route> {
        Route::ALL.into_iter().find(|r| r.code() == code)
    }

    /// The name on our own sheets; [`Route::named`] reads it.
    pub fn official(self) -> &'static str {
        match self {
            Route::First => "初次申报",
            Route::Promotion => "晋级申报",
            Route::Transfer => "平转申报",
            Route::Recognition => "贯通申报",
            Route::Veteran => "退役军人申报",
            Route::Resettled => "退伍安置",
        }
    }

    /// As office sheets name it: 初次认定, 晋级申报, 平转 and so on.
    pub fn named(text: &str) -> Option<Route> {
        let words = [
            ("初次", Route::First),
            ("晋级", Route::Promotion),
            ("平转", Route::Transfer),
            ("贯通", Route::Recognition),
            ("退役", Route::Veteran),
            ("退伍", Route::Resettled),
            ("调入", Route::Resettled),
        ];
        words.into_iter().find(|(word, _)| text.contains(word)).map(|(_, route)| route).or_else(|| Route::parse(text))
    }

    /// The word of office sheets (认定分类).
    pub fn category(self) -> &'static str {
        match self {
            Route::First => "初次认定",
            Route::Promotion => "晋级认定",
            Route::Transfer => "平转申报",
            Route::Recognition => "贯通申报",
            Route::Veteran => "退役军人申报",
            Route::Resettled => "退伍安置、企业调入",
        }
    }

    pub fn key(self) -> String {
        format!("route.{}", self.code())
    }
}
