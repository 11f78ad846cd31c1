//! Reads a filled template back as blocks: headings, paragraphs and tables, page by page.
use super::FormFault;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Elements that make a page of their own.
const PAGE: &str = "section";

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Page {
    pub title: String,
    pub landscape: bool,
    /// Widths of the columns, in millimetres.
    pub columns: Vec<f64>,
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    Heading(String),
    Text(String),
    Row(Row),
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Repeated on every printed page.
    pub head: bool,
    /// Millimetres.
    pub height: Option<f64>,
    pub cells: Vec<Cell>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    pub text: String,
    pub label: bool,
    pub columns: u16,
    pub rows: u32,
}

/// What is being read.
#[derive(Default)]
struct Reading {
    pages: Vec<Page>,
    open: Option<Page>,
    row: Option<Row>,
    cell: Option<Cell>,
    /// Text of a heading or a paragraph outside tables.
    text: Option<String>,
    in_head: bool,
    hidden: usize,
}

/// The pages of `html`, each a `<section>`.
pub fn pages(template: &str, html: &str) -> Result<Vec<Page>, FormFault> {
    let mut reader = Reader::from_str(html);
    let mut reading = Reading::default();
    let fault = |reader: &Reader<&[u8]>, detail: String| {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let line = html.get(..at.min(html.len())).unwrap_or(html).matches('\n').count() + 1;
        FormFault { template: template.to_owned(), line, detail }
    };
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => reading.start(&tag),
            Ok(Event::Empty(tag)) => reading.empty(&tag),
            Ok(Event::End(tag)) => reading.end(tag.name().as_ref()),
            Ok(Event::Text(text)) => reading.text(&text),
            Ok(Event::GeneralRef(entity)) => reading.text(&unescape(&entity)),
            Ok(Event::Eof) if reading.open.is_some() => {
                return Err(fault(&reader, "<section> is not closed".to_owned()));
            }
            Ok(Event::Eof) => return Ok(reading.pages),
            Ok(_) => {}
            Err(error) => return Err(fault(&reader, error.to_string())),
        }
    }
}

/// The entities that a filled template can hold.
fn unescape(entity: &str) -> String {
    let named = match entity {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        _ => {
            let hex = entity.strip_prefix("#x").and_then(|n| u32::from_str_radix(n, 16).ok());
            hex.or_else(|| entity.strip_prefix('#').and_then(|n| n.parse().ok())).and_then(char::from_u32)
        }
    };
    named.map(String::from).unwrap_or_default()
}

impl Reading {
    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.name().as_ref() {
            "head" | "style" | "script" => self.hidden += 1,
            PAGE => {
                let title = attribute(tag, "title").unwrap_or_default();
                let landscape = attribute(tag, "class").is_some_and(|c| c.split(' ').any(|one| one == "landscape"));
                self.open = Some(Page { title, landscape, ..Page::default() });
            }
            "thead" => self.in_head = true,
            "tr" => self.row = Some(Row { head: self.in_head, height: millimetres(tag, "height"), cells: Vec::new() }),
            "td" | "th" => {
                let span = |name| attribute(tag, name).and_then(|n| n.parse().ok()).unwrap_or(1);
                let label = tag.name().as_ref() == "th";
                let columns = u16::try_from(span("colspan")).unwrap_or(1).max(1);
                self.cell = Some(Cell { text: String::new(), label, columns, rows: span("rowspan").max(1) });
            }
            "h1" | "h2" | "p" if self.cell.is_none() => self.text = Some(String::new()),
            "p" => self.break_line(),
            _ => {}
        }
    }

    fn empty(&mut self, tag: &BytesStart<'_>) {
        match tag.name().as_ref() {
            "br" => self.break_line(),
            "col" => {
                if let (Some(page), Some(width)) = (&mut self.open, millimetres(tag, "width")) {
                    page.columns.push(width);
                }
            }
            "td" | "th" => {
                self.start(tag);
                self.end("td");
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "head" | "style" | "script" => self.hidden = self.hidden.saturating_sub(1),
            PAGE => self.pages.extend(self.open.take()),
            "thead" => self.in_head = false,
            "tr" => {
                if let Some(row) = self.row.take() {
                    self.put(Block::Row(row));
                }
            }
            "td" | "th" => {
                if let (Some(row), Some(mut cell)) = (&mut self.row, self.cell.take()) {
                    cell.text = tidy(&cell.text);
                    row.cells.push(cell);
                }
            }
            "h1" | "h2" | "p" if self.cell.is_none() => {
                let text = tidy(&self.text.take().unwrap_or_default());
                if !text.is_empty() {
                    self.put(if name == "p" { Block::Text(text) } else { Block::Heading(text) });
                }
            }
            _ => {}
        }
    }

    fn put(&mut self, block: Block) {
        if let Some(page) = &mut self.open {
            page.blocks.push(block);
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden > 0 {
            return;
        }
        match (&mut self.cell, &mut self.text) {
            (Some(cell), _) => cell.text.push_str(text),
            (None, Some(open)) => open.push_str(text),
            (None, None) => {}
        }
    }

    fn break_line(&mut self) {
        match (&mut self.cell, &mut self.text) {
            (Some(cell), _) if !cell.text.is_empty() => cell.text.push(BREAK),
            (None, Some(open)) => open.push(BREAK),
            _ => {}
        }
    }
}

/// Stands for a line break until the blanks of the source are gone.
const BREAK: char = '\u{1}';

fn tidy(text: &str) -> String {
    let lines = text.split(BREAK).map(|line| line.split_ascii_whitespace().collect::<Vec<_>>().join(" "));
    lines.collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned()
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok().flatten()?;
    quick_xml::escape::unescape(&found.value).ok().map(std::borrow::Cow::into_owned)
}

/// `style="width: 20mm"`
fn millimetres(tag: &BytesStart<'_>, property: &str) -> Option<f64> {
    let style = attribute(tag, "style")?;
    let value = style.split(';').find_map(|one| {
        let (name, value) = one.split_once(':')?;
        (name.trim() == property).then_some(value)
    })?;
    value.trim().strip_suffix("mm")?.trim().parse().ok().filter(|mm: &f64| mm.is_finite() && *mm > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_a_page_come_in_order_with_spans_and_sizes() {
        let html = "<html><head><title>x</title></head><body><section title=\"a &amp; b\"><h1>Form</h1>\n\
             <table><colgroup><col style=\"width: 20mm\"/></colgroup><thead><tr><th>n</th></tr></thead>\
             <tr style=\"height:8mm\"><td colspan=\"2\" rowspan=\"3\">one<br/>two &lt;3</td><td/></tr></table>\
             <p>end <b>bold</b></p></section></body></html>";
        let pages = pages("t", html).unwrap();
        let [page] = pages.as_slice() else { panic!("{pages:?}") };
        assert_eq!((page.title.as_str(), page.columns.as_slice(), page.landscape), ("a & b", [20.0].as_slice(), false));
        let [Block::Heading(heading), Block::Row(head), Block::Row(row), Block::Text(end)] = page.blocks.as_slice()
        else {
            panic!("{page:?}")
        };
        assert_eq!((heading.as_str(), end.as_str(), head.head, row.head), ("Form", "end bold", true, false));
        assert_eq!(row.height, Some(8.0));
        let cell = Cell { text: "one\ntwo <3".into(), label: false, columns: 2, rows: 3 };
        assert_eq!(row.cells, [cell, Cell { columns: 1, rows: 1, ..Cell::default() }]);
    }

    #[test]
    fn what_is_not_well_formed_is_told_with_its_line() {
        let fault = pages("t", "<section>\n<p>a</b></section>").unwrap_err();
        assert_eq!(fault.line, 2, "{fault:?}");
    }
}
