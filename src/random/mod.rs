//! Random draws that are addressed by name instead of streamed, and the laws they follow.

mod address;
mod chacha;
mod dependence;
mod distribution;
mod elicit;
mod family;
mod joe_kuo;
mod poisson;
mod projects;
mod sampler;
mod shape;
mod shock;
mod size;
mod sobol;
mod table;

pub use address::{AddressedRng, MAX_BLOCK, MAX_YEAR, Stream};
pub use dependence::{Correlation, CorrelationError, Pair, rank_to_normal};
pub use distribution::Distribution;
pub use elicit::Elicited;
pub use family::{FamilyError, FamilyName, Parameter};
pub use poisson::{bernoulli, poisson_lanes, poisson_lanes_of_rate};
pub use projects::project_count;
pub use sampler::{Sampler, Score};
pub use shock::{ShockFamily, ShockSampler};
pub use size::{lognormal_survival, pareto_mean, pareto_minimum, pareto_survival, uncut};
pub use sobol::{DIMENSIONS, MOST_POINTS, SobolDimension};

#[cfg(test)]
mod tests;
