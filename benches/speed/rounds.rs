//! Rounds of a figure and its yardstick, and what is printed of them.

/// Measured pairs: ours and the yardstick's, in the same unit.
#[derive(Default)]
pub struct Rounds {
    ours: Vec<f64>,
    yardstick: Vec<f64>,
}

impl Rounds {
    /// Runs both in turns; whoever begins changes from round to round.
    pub fn run(rounds: usize, mut ours: impl FnMut() -> f64, mut yardstick: impl FnMut() -> f64) -> Rounds {
        let mut all = Rounds::default();
        for round in 0..rounds {
            let (one, other) = if round % 2 == 0 {
                let one = ours();
                (one, yardstick())
            } else {
                let other = yardstick();
                (ours(), other)
            };
            all.add(one, other);
        }
        all
    }

    pub fn add(&mut self, ours: f64, yardstick: f64) {
        self.ours.push(ours);
        self.yardstick.push(yardstick);
    }

    pub fn ratio(&self) -> f64 {
        median(&self.ratios())
    }

    fn ratios(&self) -> Vec<f64> {
        self.ours.iter().zip(&self.yardstick).map(|(a, b)| a / b).collect()
    }

    /// One line: id, what, ratio, goal, and the medians behind it.
    pub fn print(&self, id: &str, what: &str, goal: &str, unit: &str) {
        let ratios = self.ratios();
        let (least, most) =
            (ratios.iter().copied().fold(f64::MAX, f64::min), ratios.iter().copied().fold(0.0, f64::max));
        let fold = |f: fn(f64, f64) -> f64, from| self.yardstick.iter().copied().fold(from, f);
        let void = fold(f64::max, 0.0) > 2.0 * fold(f64::min, f64::MAX);
        println!(
            "{id:<6} {what}: {:.4}x ({least:.4}..{most:.4}), goal {goal}; {:.4} against {:.4} {unit}{}",
            self.ratio(),
            median(&self.ours),
            median(&self.yardstick),
            if void { "  VOID: the yardstick swung by more than two" } else { "" }
        );
    }
}

pub fn median(all: &[f64]) -> f64 {
    percentile(all, 50.0)
}

pub fn percentile(all: &[f64], percent: f64) -> f64 {
    let mut sorted = all.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = ((sorted.len() as f64 - 1.0) * percent / 100.0).round();
    sorted.get(at.max(0.0) as usize).copied().unwrap_or(f64::NAN)
}

/// Seconds that a call takes.
pub fn seconds(call: impl FnOnce()) -> f64 {
    let start = std::time::Instant::now();
    call();
    start.elapsed().as_secs_f64()
}

pub fn say(id: &str, text: &str) {
    println!("{id:<6} {text}");
}

/// Peak resident memory of this process, in MiB.
pub fn peak_mib() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|l| l.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
}

/// Processor seconds of this process so far, its system calls included.
pub fn processor_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/schedstat").unwrap();
    stat.split_whitespace().next().unwrap().parse::<f64>().unwrap() / 1e9
}
