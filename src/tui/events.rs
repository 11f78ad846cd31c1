//! Reads what was typed, all of it at once, so that one frame answers a whole burst.
use super::input::{Decoder, Input};
use super::wait::{self, Ready};
use crossterm::event::Event;
use std::io::{self, IsTerminal};
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

/// Events in one read that are neither typing nor a paste into a field, with or without its marks.
const FLOOD: usize = super::input::MOST_PASTED;

/// How long nothing must have come before a flood is over.
const HUSH: Duration = Duration::from_millis(30);

#[derive(Debug)]
pub struct Events {
    decoder: Decoder,
    is_terminal: bool,
    ahead: Vec<Input>,
}

impl Events {
    /// `ahead` comes first: keys that were typed during the width probe.
    pub fn new(ahead: Vec<Input>) -> Events {
        let is_terminal = io::stdin().is_terminal();
        if is_terminal {
            // The first poll installs the watch for resizes; later, one between the first frame and the first read is lost.
            let _ = crossterm::event::poll(Duration::ZERO);
        }
        Events { decoder: Decoder::default(), is_terminal, ahead }
    }

    /// Waits at most so long for something, then takes everything that is there. Empty when the time is up.
    ///
    /// Fails when the terminal is gone. The waiting is our own, because the library's never returns then.
    pub fn read(&mut self, limit: Duration) -> io::Result<Vec<Input>> {
        let mut inputs = std::mem::take(&mut self.ahead);
        let limit = if inputs.is_empty() { limit } else { Duration::ZERO };
        let waiting = self.is_terminal && wait::for_input(Duration::ZERO) == Ready::Input;
        let limit = if self.is_terminal { self.wait(limit)? } else { limit };
        // One time for all of it: how long the reading takes says nothing about whoever typed.
        let now = Instant::now();
        self.decoder.begin(now, waiting);
        if self.is_terminal && self.decoder.takes_nothing(now) && wait::for_input(Duration::ZERO) == Ready::Input {
            self.flooded()?;
            return Ok(inputs);
        }
        let mut more = crossterm::event::poll(limit)? || self.left_behind()?;
        let mut read = 0usize;
        while more {
            inputs.extend(self.decoder.feed(crossterm::event::read()?, now));
            read += 1;
            if read > FLOOD && self.is_terminal {
                self.flooded()?;
                return Ok(inputs);
            }
            more = self.has_more()?;
        }
        if read > 0 {
            self.decoder.end(Instant::now());
        }
        Ok(inputs)
    }

    /// Nobody typed this: the rest is thrown away as bytes, which takes a moment and not minutes; then what the library
    /// has read of it already.
    fn flooded(&mut self) -> io::Result<()> {
        self.throw_away(HUSH)?;
        self.decoder.lost(Instant::now());
        Ok(())
    }

    /// First what the library holds, events and the beginning of one; then all that comes, until nothing has for so long.
    /// Only the size of the window is kept, where it changed.
    fn throw_away(&mut self, hush: Duration) -> io::Result<()> {
        let size = match wait::for_input(Duration::ZERO) {
            Ready::Input => wait::end_begun(drop_events)?,
            Ready::Nothing => drop_events()?,
            Ready::Gone => return Ok(()),
        };
        self.ahead.extend(size);
        wait::discard(hush);
        Ok(())
    }

    fn has_more(&mut self) -> io::Result<bool> {
        Ok(!self.is_gone() && (crossterm::event::poll(Duration::ZERO)? || self.left_behind()?))
    }

    /// Whether the library has something after all, where the terminal does and the library did not see it. What it
    /// will not read is thrown away: waiting for it would be waiting without end.
    fn left_behind(&mut self) -> io::Result<bool> {
        if !self.is_terminal || wait::for_input(Duration::ZERO) != Ready::Input {
            return Ok(false);
        }
        wait::wake(io::stdin().as_fd());
        if crossterm::event::poll(Duration::ZERO)? {
            return Ok(true);
        }
        if wait::for_input(Duration::ZERO) == Ready::Input {
            self.throw_away(Duration::ZERO)?;
        }
        Ok(false)
    }

    fn wait(&self, limit: Duration) -> io::Result<Duration> {
        match wait::for_input(limit) {
            Ready::Gone => Err(io::ErrorKind::BrokenPipe.into()),
            Ready::Input | Ready::Nothing => Ok(Duration::ZERO),
        }
    }

    fn is_gone(&self) -> bool {
        self.is_terminal && wait::for_input(Duration::ZERO) == Ready::Gone
    }
}

/// All that the library has read, and reads without waiting; the last size of the window among it.
fn drop_events() -> io::Result<Option<Input>> {
    let mut size = None;
    while crossterm::event::poll(Duration::ZERO)? {
        if let Event::Resize(width, height) = crossterm::event::read()? {
            size = Some(Input::Resize(width, height));
        }
    }
    Ok(size)
}
