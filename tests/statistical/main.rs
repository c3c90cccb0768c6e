//! Statistical tests.
mod case;
mod check;
mod exact;
mod policy;
mod reference;
