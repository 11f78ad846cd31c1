#![no_main]
#[path = "../../tests/trust/hostile/targets/mod.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| targets::sheet::run(data));
