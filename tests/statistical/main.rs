//! Statistical tests.
mod case;
mod check;
mod reference;
