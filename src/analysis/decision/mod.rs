//! Decision analyses: what to do, what it costs, what could go wrong. Each file answers one question, by simulating
//! derived policies and worlds on common random numbers and keeping every trial.

mod answer;
mod coming;
pub mod compare;
pub mod decompose;
pub mod discover;
pub mod drivers;
mod experiment;
mod figures;
mod focus;
mod goal;
pub mod optimise;
mod quantity;
pub mod solve;
pub mod stress;

pub use answer::{Answer, Estimate, Question};
pub use coming::Latest;
pub use compare::{Comparison, compare};
pub use decompose::{Decomposition, decompose};
pub use discover::{Discovery, discover};
pub use drivers::{Drivers, drivers};
pub use goal::{Goal, GoalInfo};
pub use optimise::{Optimum, optimise};
pub use quantity::QuantityInfo;
pub use solve::{Solved, solve};
pub use stress::{Stress, stress};
