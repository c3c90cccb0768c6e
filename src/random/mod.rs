//! Random draws that are addressed by name instead of streamed, and the laws they follow.

mod address;
mod chacha;

pub use address::{AddressedRng, MAX_BLOCK, MAX_YEAR, Stream};
