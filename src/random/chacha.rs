//! The ChaCha block function (D. J. Bernstein 2008), one block at a time and sixteen side by side.

use crate::math::{LANES, Task};

/// Blocks computed side by side: 16 blocks of 16 words fill one block of lanes.
pub(super) const WIDTH: usize = 16;
/// Double rounds of ChaCha8.
const DOUBLE_ROUNDS: usize = 4;
/// State word 12 of the blocks side by side.
const FIRST_WORDS: [u32; WIDTH] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];
/// "expand 32-byte k" as little-endian words.
const CONSTANTS: [u32; 4] = [0x6170_7865, 0x3320_646e, 0x7962_2d32, 0x6b20_6574];

/// One word of `N` blocks that are computed side by side.
type Row<const N: usize> = [u32; N];

#[inline(always)]
fn add<const N: usize>(a: &mut Row<N>, b: &Row<N>) {
    for (a, &b) in a.iter_mut().zip(b) {
        *a = a.wrapping_add(b);
    }
}

#[inline(always)]
fn xor_rotate<const N: usize>(a: &mut Row<N>, b: &Row<N>, bits: u32) {
    for (a, &b) in a.iter_mut().zip(b) {
        *a = (*a ^ b).rotate_left(bits);
    }
}

#[inline(always)]
fn quarter_round<const N: usize>(s: &mut [Row<N>; 16], a: usize, b: usize, c: usize, d: usize) {
    let [mut ra, mut rb, mut rc, mut rd] = [s[a], s[b], s[c], s[d]];
    add(&mut ra, &rb);
    xor_rotate(&mut rd, &ra, 16);
    add(&mut rc, &rd);
    xor_rotate(&mut rb, &rc, 12);
    add(&mut ra, &rb);
    xor_rotate(&mut rd, &ra, 8);
    add(&mut rc, &rd);
    xor_rotate(&mut rb, &rc, 7);
    [s[a], s[b], s[c], s[d]] = [ra, rb, rc, rd];
}

/// The block function of `N` blocks with the same key, given state words 12 to 15 of each.
#[inline(always)]
fn permute<const N: usize>(key: &[u32; 8], input: &[Row<N>; 4], double_rounds: usize) -> [Row<N>; 16] {
    let mut start = [[0; N]; 16];
    for i in 0..4 {
        start[i] = [CONSTANTS[i]; N];
        start[i + 4] = [key[i]; N];
        start[i + 8] = [key[i + 4]; N];
        start[i + 12] = input[i];
    }
    let mut s = start;
    for _ in 0..double_rounds {
        quarter_round(&mut s, 0, 4, 8, 12);
        quarter_round(&mut s, 1, 5, 9, 13);
        quarter_round(&mut s, 2, 6, 10, 14);
        quarter_round(&mut s, 3, 7, 11, 15);
        quarter_round(&mut s, 0, 5, 10, 15);
        quarter_round(&mut s, 1, 6, 11, 12);
        quarter_round(&mut s, 2, 7, 8, 13);
        quarter_round(&mut s, 3, 4, 9, 14);
    }
    // Four rows a step, for a loop over single rows is vectorised across the rows, with gathers.
    for i in (0..16).step_by(4) {
        add(&mut s[i], &start[i]);
        add(&mut s[i + 1], &start[i + 1]);
        add(&mut s[i + 2], &start[i + 2]);
        add(&mut s[i + 3], &start[i + 3]);
    }
    s
}

/// One block of ChaCha8: sixteen words for a key and state words 12 to 15.
pub(super) fn block(key: &[u32; 8], input: [u32; 4]) -> [u32; 16] {
    permute(key, &input.map(|word| [word]), DOUBLE_ROUNDS).map(|[word]| word)
}

/// Sixteen blocks of ChaCha8 whose state words 12 are 0, 1, … 15: word `w` of block `b` goes to lane `16·w + b`.
pub(super) struct LaneBlocks<'a> {
    pub(super) key: &'a [u32; 8],
    /// State words 13 to 15, the same for all sixteen.
    pub(super) tail: [u32; 3],
    pub(super) out: &'a mut [u32; LANES],
}

impl Task for LaneBlocks<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let [a, b, c] = self.tail;
        let input = [FIRST_WORDS, [a; WIDTH], [b; WIDTH], [c; WIDTH]];
        let rows = permute(self.key, &input, DOUBLE_ROUNDS);
        for (out, row) in self.out.chunks_exact_mut(WIDTH).zip(&rows) {
            out.copy_from_slice(row);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(words: [u32; 16]) -> String {
        words.iter().flat_map(|w| w.to_le_bytes()).map(|b| format!("{b:02x}")).collect()
    }

    /// Keystream with a 64-bit counter and a 64-bit stream, as in the published vectors.
    fn keystream(key: &[u32; 8], counter: u32, stream: u32, rounds: usize) -> String {
        hex(permute(key, &[[counter], [0], [stream], [0]], rounds / 2).map(|[word]| word))
    }

    #[test]
    fn published_vectors() {
        let zero = [0; 8];
        let counting: [u32; 8] = std::array::from_fn(|i| {
            let b = 4 * i as u8;
            u32::from_le_bytes([b, b + 1, b + 2, b + 3])
        });
        let cases = [
            (
                8,
                "3e00ef2f895f40d67f5bb8e81f09a5a12c840ec3ce9a7f3b181be188ef711a1e\
                 984ce172b9216f419f445367456d5619314a42a3da86b001387bfdb80e0cfe42",
                "d2aefa0deaa5c151bf0adb6c01f2a5adc0fd581259f9a2aadcf20f8fd566a26b\
                 5032ec38bbc5da98ee0c6f568b872a65a08abf251deb21bb4b56e5d8821e68aa",
                "503da10793bfe7c3fccb3021e108eafabdb8821376dfe730a013440a37fffec6\
                 2d112aa03f8befa94cb001f52234c0ab59e4008f56b570269bdfcaecad70656d",
            ),
            (
                12,
                "9bf49a6a0755f953811fce125f2683d50429c3bb49e074147e0089a52eae155f\
                 0564f879d27ae3c02ce82834acfa8c793a629f2ca0de6919610be82f411326be",
                "0bd58841203e74fe86fc71338ce0173dc628ebb719bdcbcc151585214cc089b4\
                 42258dcda14cf111c602b8971b8cc843e91e46ca905151c02744a6b017e69316",
                "ee2baa6cc1bbcaa6e252815a64ddacf155d148240839567cee73105b3e9a62f8\
                 eddada7562186e8206a280f7e56d4411710759e56ea94962eec5fa1b38c0d5cc",
            ),
            (
                20,
                "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7\
                 da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586",
                "9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed\
                 29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f",
                "c2e84a1bdce02e592c5aa27732cf226ae6d944d06f854bd26e0d61afb1563701\
                 313f59726031b7e8aa817c1028c2e60b5cd320409e0e44b7b6c9bac300f2bd51",
            ),
        ];
        for (rounds, first, second, other) in cases {
            assert_eq!(keystream(&zero, 0, 0, rounds), first, "ChaCha{rounds}, block 0");
            assert_eq!(keystream(&zero, 1, 0, rounds), second, "ChaCha{rounds}, block 1");
            assert_eq!(keystream(&counting, 5, 7, rounds), other, "ChaCha{rounds}, key 00..1f");
        }
        assert_eq!(hex(block(&zero, [1, 0, 0, 0])), cases[0].2);
    }

    #[test]
    fn lane_blocks_are_single_blocks_side_by_side() {
        let key = [9, 8, 7, 6, 5, 4, 3, 2];
        for vector in [crate::math::Vector::detect(), crate::math::Vector::baseline()] {
            let mut out = [0; LANES];
            vector.run(LaneBlocks { key: &key, tail: [11, 12, 13], out: &mut out });
            for (lane, word) in out.into_iter().enumerate() {
                assert_eq!(word, block(&key, [(lane % 16) as u32, 11, 12, 13])[lane / 16], "lane {lane}");
            }
        }
    }
}
