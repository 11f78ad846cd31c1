#![no_main]
#[path = "../../tests/trust/hostile/targets/mod.rs"]
mod targets;

use kaowu::bundle::book::THREAD;

/// The reader of workbooks may come to grief in a thread of its own: then the file is refused. Anywhere else it is a fault.
fn only_elsewhere() {
    let abort = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(THREAD) {
            abort(panic);
        }
    }));
}

libfuzzer_sys::fuzz_target!(init: only_elsewhere(), |data: &[u8]| targets::sheet::run(data));
