//! Statistical tests.
mod case;
mod check;
mod coverage;
mod exact;
mod fixture;
mod invariance;
mod policy;
mod reference;
