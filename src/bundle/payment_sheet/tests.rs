use super::*;
use proptest::prelude::*;
use std::io::Write;

fn layout() -> PaymentLayout {
    PaymentLayout::parse(include_str!("../../../data/sheets/payment-platform.toml")).unwrap()
}

fn read_bytes(bytes: &[u8]) -> Result<PaymentSheet, SheetFault> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(bytes).unwrap();
    file.flush().unwrap();
    read(file.path(), "pay.csv", &layout())
}

fn refused(bytes: &[u8]) -> Code {
    match read_bytes(bytes) {
        Err(SheetFault::Refused(refusal)) => refusal.code,
        other => panic!("{other:?}"),
    }
}

const HEAD: &str = "报名序号,证件号码,姓名,缴费金额,缴费时间,交易流水号\n";

/// S0-32: channel, time, amount and reference of each payment.
#[test]
fn rows_become_payments_s0_32() {
    let rows = "\u{feff}缴费明细,,,,,\n报名序号,*证件号码,姓 名,缴费金额（元）,支付时间,交易流水号\nR1,150699199001010017,张 三,￥165.00,2023/9/25 10:11,\t4200001\n,,,,,\n";
    let sheet = read_bytes(rows.as_bytes()).unwrap();
    assert_eq!(sheet.faults, []);
    let line = &sheet.lines[0];
    assert_eq!((line.line, line.amount, line.name.as_deref()), (3, 16500, Some("张三")));
    assert_eq!((line.registration_no.as_deref(), line.reference.as_deref()), (Some("R1"), Some("4200001")));
    assert_eq!(line.paid_on.minute(), "2023-09-25 10:11");
    let (gbk, _, _) = encoding_rs::GB18030.encode(rows.trim_start_matches('\u{feff}'));
    assert_eq!(read_bytes(&gbk).unwrap().lines, sheet.lines);
    let tabs = rows.replace(',', "\t").replace("\t\t4200001", "\t4200001");
    assert_eq!(read_bytes(tabs.as_bytes()).unwrap().lines, sheet.lines);
}

#[test]
fn each_bad_cell_is_named() {
    let row = |cells: &str| {
        let sheet = read_bytes(format!("{HEAD}{cells}\n").as_bytes()).unwrap();
        assert_eq!(sheet.lines, []);
        let fault = &sheet.faults[0];
        (fault.code.0, fault.line, fault.column.clone())
    };
    assert_eq!(row("R1,1,张三,十元,2023-09-25,1"), ("payment_amount", 2, "缴费金额".into()));
    assert_eq!(row("R1,1,张三,0,2023-09-25,1"), ("payment_amount", 2, "缴费金额".into()));
    assert_eq!(row("R1,1,张三,-5,2023-09-25,1"), ("payment_amount", 2, "缴费金额".into()));
    assert_eq!(row("R1,1,张三,1,2023-02-30,1"), ("payment_time", 2, "缴费时间".into()));
    assert_eq!(row(",,张三,1,2023-09-25,1"), ("payment_nobody", 2, "证件号码".into()));
    assert_eq!(row(",1.50699E+17,张三,1,2023-09-25,1"), ("scientific_notation", 2, "证件号码".into()));
    assert_eq!(row("R1,1,张三,1,2023-09-25,4.2E+15"), ("scientific_notation", 2, "交易流水号".into()));
}

#[test]
fn rows_in_another_state_are_passed_over() {
    let text =
        format!("{},交易状态\nR1,,张三,1,2023-09-25,1,已退款\nR2,,李四,1,2023-09-25,2,支付成功\n", HEAD.trim_end());
    let sheet = read_bytes(text.as_bytes()).unwrap();
    assert_eq!((sheet.lines.len(), sheet.passed_over), (1, 1));
}

#[test]
fn other_files_are_refused() {
    assert_eq!(refused(b""), NOT_RECOGNISED);
    assert_eq!(refused(b"a,b\n1,2\n"), NOT_RECOGNISED);
    assert_eq!(refused(b"PK\x03\x04rubbish"), NOT_A_WORKBOOK);
    assert_eq!(refused(&[0xff, 0x80, 0x80, b'\n']), crate::bundle::sheet::ENCODING);
}

/// A numeric identity cell and a date cell of a workbook.
#[test]
fn a_workbook_is_read_by_its_cells() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (n, name) in HEAD.trim_end().split(',').enumerate() {
        sheet.write_string(1, u16::try_from(n).unwrap(), name).unwrap();
    }
    let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd hh:mm");
    sheet.write_string(2, 0, "R1").unwrap();
    sheet.write_string(2, 1, "150699199001010017").unwrap();
    sheet.write_string(2, 2, "张三").unwrap();
    sheet.write_number(2, 3, 165.5).unwrap();
    sheet.write_number_with_format(2, 4, 45194.5, &date).unwrap();
    sheet.write_number(2, 5, 4_200_001.0).unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let read = read_bytes(&bytes).unwrap();
    assert_eq!(read.faults, []);
    let line = &read.lines[0];
    assert_eq!((line.line, line.amount, line.paid_on.minute()), (3, 16550, "2023-09-25 12:00".into()));
    assert_eq!(line.reference.as_deref(), Some("4200001"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read_without_panic(bytes in prop::collection::vec(any::<u8>(), 0..300), headed in any::<bool>()) {
        let mut all = if headed { HEAD.as_bytes().to_vec() } else { Vec::new() };
        all.extend(&bytes);
        let _ = read_bytes(&all);
    }

    #[test]
    fn any_time_is_read_without_panic(text in "\\PC{0,24}") {
        let _ = Stamp::read(&text);
    }
}
