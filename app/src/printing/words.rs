//! What is said of printed programmes.

use domain::programme::print::{Depth, Paper};
use language::Words;

/// What a depth is called.
pub fn depth_in_words(words: Words, depth: Depth) -> String {
    match depth {
        Depth::Overview => words.printing_depth_overview(),
        Depth::Summary => words.printing_depth_summary(),
        Depth::Detailed => words.printing_depth_detailed(),
    }
}

/// What a paper is called.
pub fn paper_in_words(words: Words, paper: Paper) -> String {
    match paper {
        Paper::A4 => words.printing_paper_a4(),
        Paper::Letter => words.printing_paper_letter(),
    }
}
