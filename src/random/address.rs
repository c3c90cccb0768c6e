//! Addressed random words: a draw is a pure function of seed, name, block of trials, lane, year and slot.

use super::chacha::{self, LaneBlocks, WIDTH};
use crate::math::{LANES, Vector};
use rand::TryRng;
use sha2::{Digest, Sha256};
use std::convert::Infallible;

/// Largest block index: 2⁴⁷ − 1, enough for 3.6·10¹⁶ trials.
pub const MAX_BLOCK: u64 = (1 << 47) - 1;
/// Largest year (calendar year or index).
pub const MAX_YEAR: u32 = 0xffff;

/// Marks the addresses of generators in state word 15.
const GENERATOR: u32 = 1 << 31;
/// ChaCha blocks that one generator can use: 2²⁴ of 16 words.
const GENERATOR_BLOCKS: u32 = 1 << 24;

/// The random stream of one named thing: a 256-bit ChaCha8 key made from seed and name.
///
/// The key is SHA-256 of `"clustercast/stream/1\0"`, the seed as little-endian `u64`, and the name in UTF-8, so that
/// neighbouring seeds and similar names are unrelated, and seed 0 is a seed like any other. The address fills the
/// state words 12 to 15:
///
/// | word | lanes (`words`, `word`) | generator |
/// |---|---|---|
/// | 12 | `lane mod 16` | `lane · 2²⁴ + position` |
/// | 13 | slot | slot |
/// | 14 | year + 2¹⁶ · (block mod 2¹⁶) | the same |
/// | 15 | ⌊block / 2¹⁶⌋ (31 bits), top bit 0 | the same, top bit 1 |
///
/// The map from (lane mod 16, slot, year, block) and from (lane, position, slot, year, block) to the four words is
/// one-to-one within each column, since every field has bits of its own; the columns differ in the top bit of word
/// 15. So no two draws of one stream share a ChaCha block except the 16 lanes of equal `lane mod 16`, which take its
/// 16 words: lane ℓ has word ⌊ℓ/16⌋ of the block with word 12 = ℓ mod 16.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream {
    key: [u32; 8],
}

/// State words 13 to 15 of an address.
fn tail(block: u64, year: u32, slot: u32) -> [u32; 3] {
    assert!(block <= MAX_BLOCK, "block {block} is above {MAX_BLOCK}");
    assert!(year <= MAX_YEAR, "year {year} is above {MAX_YEAR}");
    [slot, year | ((block & 0xffff) as u32) << 16, (block >> 16) as u32]
}

impl Stream {
    /// The stream of the thing called `name` under `seed`. Two things must not have the same name.
    pub fn new(seed: u64, name: &str) -> Self {
        let mut hash = Sha256::new();
        hash.update(b"clustercast/stream/1\0");
        hash.update(seed.to_le_bytes());
        hash.update(name.as_bytes());
        let digest = hash.finalize();
        let word = |i: usize| u32::from_le_bytes([digest[i], digest[i + 1], digest[i + 2], digest[i + 3]]);
        Self { key: std::array::from_fn(|i| word(4 * i)) }
    }

    /// One uniform 32-bit word for each lane of a block. `slot` counts several draws of one thing in one year.
    ///
    /// # Panics
    /// If `block` is above [`MAX_BLOCK`] or `year` above [`MAX_YEAR`].
    pub fn words(&self, vector: Vector, block: u64, year: u32, slot: u32, out: &mut [u32; LANES]) {
        vector.run(LaneBlocks { key: &self.key, tail: tail(block, year, slot), out });
    }

    /// The word of one lane, the same value as in [`Stream::words`]; for draws that few lanes need.
    ///
    /// # Panics
    /// As [`Stream::words`], and if `lane` is not below [`LANES`].
    pub fn word(&self, block: u64, lane: u32, year: u32, slot: u32) -> u32 {
        let lane = lane as usize;
        assert!(lane < LANES, "lane {lane} is not below {LANES}");
        let [a, b, c] = tail(block, year, slot);
        chacha::block(&self.key, [(lane % WIDTH) as u32, a, b, c])[lane / WIDTH]
    }

    /// A generator for one lane, year and slot, for laws without a natural inverse. It never shares a ChaCha block with
    /// [`Stream::words`] or with the generator of another address, however many words it is asked for.
    ///
    /// # Panics
    /// As [`Stream::word`].
    pub fn generator(&self, block: u64, lane: u32, year: u32, slot: u32) -> AddressedRng {
        assert!((lane as usize) < LANES, "lane {lane} is not below {LANES}");
        let [a, b, c] = tail(block, year, slot);
        AddressedRng {
            key: self.key,
            input: [lane << 24, a, b, c | GENERATOR],
            next: 0,
            buffer: [0; 16],
            used: 16,
        }
    }
}

/// A generator at an address, with the traits of the `rand` crate. Made by [`Stream::generator`].
#[derive(Clone, Debug)]
pub struct AddressedRng {
    key: [u32; 8],
    /// State words 12 to 15 at position 0.
    input: [u32; 4],
    /// Position of the next ChaCha block.
    next: u32,
    buffer: [u32; 16],
    /// Words of the buffer already given out.
    used: usize,
}

impl AddressedRng {
    /// The next word; panics after 2²⁸ words rather than run into the address of another lane.
    fn next_word(&mut self) -> u32 {
        if self.used == self.buffer.len() {
            assert!(self.next < GENERATOR_BLOCKS, "one address gave out all its 2^28 words");
            let [a, b, c, d] = self.input;
            self.buffer = chacha::block(&self.key, [a | self.next, b, c, d]);
            self.next += 1;
            self.used = 0;
        }
        self.used += 1;
        self.buffer[self.used - 1]
    }
}

impl TryRng for AddressedRng {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(self.next_word())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let low = self.next_word();
        Ok(u64::from(low) | u64::from(self.next_word()) << 32)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(4) {
            chunk.copy_from_slice(&self.next_word().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::Rng;
    use std::collections::HashSet;

    /// Stored draws: a change here changes every result ever published and needs a new stream version.
    #[test]
    fn draws_are_pinned() {
        let at = |seed, name, block, lane, year, slot| Stream::new(seed, name).word(block, lane, year, slot);
        let found = [
            at(0, "", 0, 0, 0, 0),
            at(0, "cycle/nation", 0, 0, 2024, 0),
            at(1, "cycle/nation", 0, 0, 2024, 0),
            at(0, "segment/武汉/生物药", 7, 255, 2027, 3),
            at(u64::MAX, "event/vbp", MAX_BLOCK, 17, MAX_YEAR, u32::MAX),
        ];
        assert_eq!(
            found.map(|w| format!("{w:08x}")),
            ["c81c3f18", "b87cd081", "1bc10283", "edfff113", "d5de04a1"]
        );
        let mut generator = Stream::new(0, "cycle/nation").generator(0, 0, 2024, 0);
        assert_eq!(format!("{:08x}", generator.next_u32()), "00a0fd48");
    }

    #[test]
    fn single_words_are_the_words_of_the_lanes() {
        let stream = Stream::new(42, "name");
        for (block, year, slot) in [(0, 0, 0), (1 << 20, 2030, 5), (MAX_BLOCK, MAX_YEAR, u32::MAX)] {
            let mut out = [0; LANES];
            stream.words(Vector::detect(), block, year, slot, &mut out);
            for lane in [0, 1, 15, 16, 100, 255] {
                assert_eq!(out[lane as usize], stream.word(block, lane, year, slot));
            }
        }
    }

    #[test]
    fn every_part_of_the_address_counts() {
        let base = Stream::new(5, "a");
        let mut seen = HashSet::new();
        for stream in [&base, &Stream::new(6, "a"), &Stream::new(5, "b"), &Stream::new(5 << 32, "a")] {
            for (block, year, slot) in [(0, 0, 0), (1, 0, 0), (1 << 16, 0, 0), (0, 1, 0), (0, 0, 1)] {
                assert!((0..256).all(|lane| seen.insert(stream.word(block, lane, year, slot))));
                assert!(
                    (0..256).all(|lane| seen.insert(stream.generator(block, lane, year, slot).next_u32()))
                );
            }
        }
    }

    #[test]
    fn generators_give_the_same_words_in_every_shape() {
        let generator = Stream::new(1, "g").generator(3, 200, 2030, 1);
        let (mut a, mut b, mut c) = (generator.clone(), generator.clone(), generator);
        let words: Vec<u32> = (0..40).map(|_| a.next_u32()).collect();
        let mut bytes = [0; 160];
        c.fill_bytes(&mut bytes);
        for (i, pair) in words.chunks_exact(2).enumerate() {
            assert_eq!(b.next_u64(), u64::from(pair[0]) | u64::from(pair[1]) << 32);
            assert_eq!(bytes[8 * i..8 * i + 4], pair[0].to_le_bytes());
        }
    }

    #[test]
    #[should_panic(expected = "year 65536")]
    fn years_outside_the_address_are_refused() {
        Stream::new(0, "x").word(0, 0, 65_536, 0);
    }
}
