//! The two lines: a phone on a slow one, and a computer on a fast one.

use std::fmt;

use serde_json::{Value, json};

/// What lies between the server and the reader, and what the reader holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Line {
    /// 1.6 Mbit/s down, 0.75 up, 150 ms for each request, a main thread that takes four times as long: Lighthouse's
    /// "slow 4G", on a phone of 390 × 844 points.
    Slow,
    /// This machine's own, in a window of 1280 × 900.
    Fast,
    /// The phone, on this machine's own line: where it is looked at, not timed.
    Phone,
}

impl Line {
    pub(crate) const ALL: [Self; 2] = [Self::Slow, Self::Fast];

    /// The same screen without delays.
    pub(crate) fn unthrottled(self) -> Self {
        if self == Self::Slow { Self::Phone } else { self }
    }

    /// The commands of the DevTools protocol that make it.
    pub(crate) fn conditions(self) -> Vec<(&'static str, Value)> {
        let mut commands = vec![("Emulation.setDeviceMetricsOverride", self.screen())];
        if self == Self::Slow {
            commands.push(("Network.emulateNetworkConditions", conditions(1.6, 0.75, 150.0)));
            commands.push(("Emulation.setCPUThrottlingRate", json!({ "rate": 4 })));
        }
        commands
    }

    fn screen(self) -> Value {
        match self {
            Self::Slow | Self::Phone => {
                json!({ "width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": true })
            }
            Self::Fast => json!({ "width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": false }),
        }
    }
}

/// So many Mbit/s down and up, and so many milliseconds for each request, as the DevTools protocol has it.
pub(crate) fn conditions(down: f64, up: f64, latency: f64) -> Value {
    let bytes_a_second = |megabits: f64| megabits * 1_000_000.0 / 8.0;
    json!({
        "offline": false,
        "latency": latency,
        "downloadThroughput": bytes_a_second(down),
        "uploadThroughput": bytes_a_second(up),
    })
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Slow => "slow",
            Self::Fast => "fast",
            Self::Phone => "phone's",
        })
    }
}
