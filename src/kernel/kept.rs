//! What worlds of a block have in common: a result is kept with all that it was computed from, and taken again where a later
//! world or policy has the same inputs bit by bit. Worlds that hold one figure share nearly everything with each other.

use crate::math::{LANES, Lanes};
use crate::plan::Num;
use crate::random::Sampler;

/// All that a result was computed from.
#[derive(Clone, Default, PartialEq)]
pub struct Inputs {
    words: Vec<u64>,
    laws: Vec<Sampler>,
}

impl Inputs {
    /// Forgets everything.
    pub fn clear(&mut self) {
        self.words.clear();
        self.laws.clear();
    }

    /// A count, a position, a switch or the number of something kept.
    pub fn count(&mut self, count: usize) {
        self.words.push(count as u64);
    }

    /// A value that is the same in every trial.
    pub fn constant(&mut self, value: f64) {
        self.words.push(value.to_bits());
    }

    /// A number of the plan, as it is in every trial of the block.
    pub fn number(&mut self, number: Num, values: &[Lanes]) {
        match number {
            Num::Const(value) => {
                self.count(1);
                self.constant(value);
            }
            Num::Draw(index) => {
                self.count(LANES);
                self.words.extend(values[index].iter().map(|value| value.to_bits()));
            }
        }
    }

    /// Several of them.
    pub fn numbers<const N: usize>(&mut self, numbers: [Num; N], values: &[Lanes]) {
        numbers.into_iter().for_each(|number| self.number(number, values));
    }

    /// A law that is drawn from.
    pub fn law(&mut self, law: &Sampler) {
        self.laws.push(law.clone());
    }
}

/// Results of a block by their inputs. Those that a world does not use are forgotten after it, so that many worlds take no
/// more memory than two.
pub struct Kept<T> {
    /// The first `known` are of this block; buffers of the others are used again.
    entries: Vec<Entry<T>>,
    known: usize,
    next: usize,
}

struct Entry<T> {
    inputs: Inputs,
    number: usize,
    is_used: bool,
    result: T,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { entries: Vec::new(), known: 0, next: 0 }
    }
}

impl<T: Default> Kept<T> {
    /// Forgets the block before.
    pub fn begin_block(&mut self) {
        self.known = 0;
    }

    /// Forgets what the world before has not used. Positions of before are no longer valid.
    pub fn begin_world(&mut self) {
        let mut kept = 0;
        for at in 0..self.known {
            if std::mem::take(&mut self.entries[at].is_used) {
                self.entries.swap(at, kept);
                kept += 1;
            }
        }
        self.known = kept;
    }

    /// Position of the result of these inputs, which `compute` fills in if it is not known; it may find anything in it.
    pub fn of(&mut self, inputs: &Inputs, compute: impl FnOnce(&mut T)) -> usize {
        let known = self.entries[..self.known].iter().position(|entry| entry.inputs == *inputs);
        let at = known.unwrap_or_else(|| {
            if self.entries.len() == self.known {
                let (inputs, result) = (Inputs::default(), T::default());
                self.entries.push(Entry { inputs, number: 0, is_used: false, result });
            }
            let entry = &mut self.entries[self.known];
            entry.inputs.clone_from(inputs);
            entry.number = self.next;
            compute(&mut entry.result);
            self.next += 1;
            self.known += 1;
            self.known - 1
        });
        self.entries[at].is_used = true;
        at
    }

    /// The result at a position, valid until the next world.
    pub fn at(&self, position: usize) -> &T {
        &self.entries[position].result
    }

    /// A number that no other result of this workspace has ever had, for the inputs of what is computed from it.
    pub fn number(&self, position: usize) -> usize {
        self.entries[position].number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs(number: Num, values: &[Lanes]) -> Inputs {
        let mut inputs = Inputs::default();
        inputs.number(number, values);
        inputs
    }

    #[test]
    fn a_result_is_kept_for_the_worlds_that_share_its_inputs() {
        let mut kept: Kept<usize> = Kept::default();
        let mut computed = 0;
        let mut of = |kept: &mut Kept<usize>, inputs: &Inputs| {
            let at = kept.of(inputs, |result| {
                computed += 1;
                *result = computed;
            });
            (*kept.at(at), kept.number(at))
        };
        let mut values = [[1.0; LANES]];
        let (constant, drawn) = (inputs(Num::Const(1.0), &values), inputs(Num::Draw(0), &values));
        values[0][LANES - 1] = -1.0;
        let moved = inputs(Num::Draw(0), &values);

        assert_eq!([of(&mut kept, &constant), of(&mut kept, &drawn)], [(1, 0), (2, 1)]);
        assert_eq!(of(&mut kept, &constant), (1, 0), "a second policy");
        kept.begin_world();
        assert_eq!([of(&mut kept, &drawn), of(&mut kept, &moved)], [(2, 1), (3, 2)], "one lane differs");
        kept.begin_world();
        assert_eq!(of(&mut kept, &drawn), (2, 1));
        assert_eq!(of(&mut kept, &constant), (4, 3), "not used in the world before");
        kept.begin_block();
        assert_eq!(of(&mut kept, &drawn), (5, 4), "other draws, by a new number");
    }

    #[test]
    fn laws_are_inputs() {
        let law = |sd| {
            let law = crate::random::Distribution::normal(0.0, sd).unwrap();
            let mut inputs = Inputs::default();
            inputs.law(&Sampler::new(&law));
            inputs
        };
        assert!(law(1.0) == law(1.0));
        assert!(law(1.0) != law(2.0));
    }
}
