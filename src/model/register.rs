//! Words of certificates on their way to their holders, and of the stock of blank forms.
use super::exam_day::words;
use serde::{Deserialize, Serialize};

words! {
    /// How a certificate comes into its holder's hands: 本人领取，单位代领，委托代领，邮寄.
    DeliveryWay { Own = "own", Unit = "unit", Proxy = "proxy", Post = "post" }
    /// How somebody is told that it can be collected: 电话，短信，信函，张贴.
    NoticeWay { Phone = "phone", Message = "message", Letter = "letter", Posted = "posted" }
    /// Why a certificate is void: 撤销，更正，补发换号.
    VoidKind { Revoked = "revoked", Corrected = "corrected", Replaced = "replaced" }
    /// How far a certificate has come: 待制作，待领取，已通知，已领取，已邮寄，作废.
    Stage {
        ToMake = "to_make",
        Made = "made",
        Notified = "notified",
        Collected = "collected",
        Posted = "posted",
        Void = "void",
    }
    /// 空白证书，证书外壳
    StockItem { Certificate = "certificate", Cover = "cover" }
    /// 入库，领用，作废，收回，销毁，盘点，冲销. Recovered: a certificate that was given out and is to be destroyed.
    StockMove {
        Received = "received",
        Used = "used",
        Spoilt = "spoilt",
        Recovered = "recovered",
        Destroyed = "destroyed",
        Counted = "counted",
        Reversed = "reversed",
    }
}
