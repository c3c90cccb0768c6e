//! Ctrl-C: the first asks the run to end, the second ends the program at once.

use std::process;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use super::exit::Exit;
use super::files::discard_temporaries;

static REQUESTED: AtomicBool = AtomicBool::new(false);

/// Whether the user has asked for the end of the run. Copies see the same request.
#[derive(Clone, Copy, Debug)]
pub struct Interrupt(&'static AtomicBool);

impl Interrupt {
    /// Takes over Ctrl-C for the whole process; a further call only returns the same view.
    ///
    /// From then on the first Ctrl-C sets the request, and whoever runs long has to look at it. The second one
    /// removes the temporary files and exits with [`Exit::Interrupted`]; a set of files that is just being renamed
    /// is finished before. If the system does not let the program handle Ctrl-C, it keeps its usual effect, which
    /// is also safe: a final name never stands for a half-written file.
    pub fn install() -> Self {
        static INSTALL: Once = Once::new();
        INSTALL.call_once(|| {
            // The handler runs in a thread of its own, so it may take locks and remove files.
            let _ = ctrlc::set_handler(|| {
                if REQUESTED.swap(true, Ordering::Relaxed) {
                    let _no_more_renames = discard_temporaries();
                    process::exit(i32::from(Exit::Interrupted.code()));
                }
            });
        });
        Self(&REQUESTED)
    }

    /// Whether Ctrl-C has been pressed since [`install`](Self::install).
    pub fn requested(self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    /// The flag itself, for the engine, which knows nothing of this module.
    pub fn flag(self) -> &'static AtomicBool {
        self.0
    }
}
