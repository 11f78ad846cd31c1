//! Characters in the text layer of a PDF. The reader of PDFs is not ours and the files are anybody's, so it runs in a
//! thread of its own: a panic, a bomb or an endless file is an answer, never the end of the program.
use super::pdf_text::{self, Counted};
use crate::model::TextLayer;
use lopdf::{Document, LoadOptions};
use std::sync::{Once, mpsc};
use std::thread;
use std::time::Duration;

const THREAD: &str = "pdf";
/// A summary of fifty pages takes some hundredths of a second.
const PATIENCE: Duration = Duration::from_secs(10);
const STACK: usize = 16 * 1024 * 1024;
/// Decompressed bytes of one stream, and of all that is read of a file.
pub(super) const MOST_STREAM: usize = 32 * 1024 * 1024;

pub fn text_layer(bytes: &[u8]) -> TextLayer {
    let bytes = bytes.to_vec();
    guarded(PATIENCE, move || read(&bytes))
}

fn read(bytes: &[u8]) -> TextLayer {
    let options = LoadOptions { max_decompressed_size: Some(MOST_STREAM), ..LoadOptions::default() };
    let document = match Document::load_mem_with_options(bytes, options) {
        Ok(document) => document,
        Err(_) => return refused(bytes),
    };
    // A file without a password for reading may still be encrypted; the reader has opened it then.
    if document.is_encrypted() {
        return TextLayer::Encrypted;
    }
    match pdf_text::count(&document) {
        None => TextLayer::TooLarge,
        Some(Counted { pages: 0, .. }) => TextLayer::Damaged,
        Some(Counted { characters: 0, unknown: 0, .. }) => TextLayer::Scanned,
        // Some odd signs do not spoil a count; a font that says nothing does.
        Some(found) if found.unknown > found.characters / 10 => TextLayer::Undecodable,
        Some(found) => TextLayer::Counted(found.characters),
    }
}

/// Why a document would not open: one that wants a password says so in its trailer.
fn refused(bytes: &[u8]) -> TextLayer {
    if super::kind::holds(bytes, b"/Encrypt") { TextLayer::Encrypted } else { TextLayer::Damaged }
}

/// Runs `work` aside. A panic there is told to nobody but the caller; when patience ends, the thread is left behind.
fn guarded(patience: Duration, work: impl FnOnce() -> TextLayer + Send + 'static) -> TextLayer {
    quiet_panics();
    let (answer, answered) = mpsc::channel();
    let started = thread::Builder::new().name(THREAD.to_owned()).stack_size(STACK).spawn(move || {
        let _ = answer.send(work());
    });
    if started.is_err() {
        return TextLayer::TooLarge;
    }
    match answered.recv_timeout(patience) {
        Ok(found) => found,
        Err(mpsc::RecvTimeoutError::Timeout) => TextLayer::TooLarge,
        Err(mpsc::RecvTimeoutError::Disconnected) => TextLayer::Damaged,
    }
}

/// A panic over a hostile file must not put a message across the screen, nor give the terminal back.
fn quiet_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let previous = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if thread::current().name() != Some(THREAD) {
                previous(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_or_an_endless_read_is_an_answer() {
        assert_eq!(guarded(PATIENCE, || panic!("hostile")), TextLayer::Damaged);
        let endless = || {
            thread::sleep(Duration::from_secs(3600));
            TextLayer::Scanned
        };
        assert_eq!(guarded(Duration::from_millis(20), endless), TextLayer::TooLarge);
        assert_eq!(guarded(PATIENCE, || TextLayer::Counted(3)), TextLayer::Counted(3));
    }

    #[test]
    fn nonsense_is_damaged() {
        assert_eq!(text_layer(b""), TextLayer::Damaged);
        assert_eq!(text_layer(b"%PDF-1.4\n%%EOF"), TextLayer::Damaged);
        assert_eq!(text_layer(b"%PDF-1.4\ntrailer << /Encrypt 5 0 R >> %%EOF"), TextLayer::Encrypted);
        let deep = [b"%PDF-1.4\n1 0 obj\n".to_vec(), vec![b'['; 300_000], b"\nendobj\n%%EOF".to_vec()].concat();
        assert_eq!(text_layer(&deep), TextLayer::Damaged);
    }
}
