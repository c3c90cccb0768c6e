//! The fast integration tests, one binary so that it links once.
//!
//! - `bad_counts`: wrong firms, sizes, indicators and counted targets
//! - `bad_input`: wrong scenario files and what is said about them
//! - `bench`: the measurement of speed, runs ended by their precision, single trials
//! - `book_instruments`: instruments of a workbook to fill in act by their money
//! - `book_targets`: targets of a workbook that count, and faults that used to hide behind others
//! - `book_words`: faults of a workbook in the words of its sheets
//! - `catalogue`: every instrument of the catalogue has the effect its formula says
//! - `cli`: every command through the real program
//! - `compare`: policies beside each other, their document, files and refusals
//! - `coverage`: every statement, cluster and instrument of the documents is used or excused
//! - `discover`: conditions on a case known on paper, and the command
//! - `docs`: generated documents are up to date
//! - `drivers`: shares of variance and value of information on cases known on paper, and the command
//! - `gallery`: the committed report is what the program writes today
//! - `golden`: the shipped scenarios give the recorded figures to the last digit
//! - `decision_csv`: the tables of the decision analyses hold numbers in their files
//! - `decision_words`: what the decision analyses say in words, where a wrong word would mislead
//! - `hindcast`: predictions beside known outcomes, and the outside view
//! - `in_force`: laws, money and evidence that a policy or a world changes
//! - `layers`: who may import whom, and how long a file may be
//! - `memory`: decision analyses refuse more trials than fit into memory
//! - `money_words`: whose money it is, and when, in words
//! - `optimise`: a budget split, its document, files, words and refusals
//! - `parts`: what parts of policies add up to, on the shipped scenarios
//! - `readings`: switches, conditions and conditional probabilities
//! - `report_command`: `report` and `run --report`, their files and refusals
//! - `scenarios`: the shipped scenarios are complete and sourced
//! - `several`: several provinces in one run
//! - `shared`: what policies and worlds of one run share gives the bits of single runs
//! - `solve`: what reaches a probability, and a target split, through the real program
//! - `stress`: worlds and shocks, their document, files and refusals
//! - `workbook`: the workbook of a report reads back to the figures it was made from
//! - `table_records`: past figures against the scenario that they belong to
//! - `tables`: rows of a scenario in CSV files and workbooks

mod bad_counts;
mod bad_input;
mod bad_pipelines;
mod bench;
mod book_instruments;
mod book_targets;
mod book_words;
mod catalogue;
mod cli;
mod compare;
mod coverage;
mod decision_csv;
mod decision_words;
mod decisions;
mod discover;
mod docs;
mod drivers;
mod folder;
mod gallery;
mod golden;
mod hindcast;
mod in_force;
mod kept;
mod layers;
mod memory;
mod money_words;
mod optimise;
mod parts;
mod readings;
mod report_command;
mod sampler;
mod scenarios;
mod several;
mod shared;
mod solve;
mod stress;
mod table_faults;
mod table_records;
mod tables;
mod workbook;
