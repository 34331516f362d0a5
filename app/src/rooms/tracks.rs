//! What of a lane is drawn where more overlaps than there are tracks for: the last track says how many more there are.

use domain::board::{Block, Stretch};

/// What overlaps on the last track.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct More {
    /// From when until when.
    pub(super) during: Stretch,
    /// How many there are.
    pub(super) count: usize,
}

/// Parts the blocks of a lane, by start, into those that are drawn and what stands for the others. Of `tracks` the first `most` are
/// drawn; what would lie lower, and what it overlaps on the last, is counted.
pub(super) fn folded(blocks: Vec<Block>, tracks: u32, most: u32) -> (Vec<Block>, Vec<More>) {
    if tracks <= most {
        return (blocks, Vec::new());
    }
    let last = most.saturating_sub(1);
    let (mut drawn, low): (Vec<Block>, Vec<Block>) = blocks.into_iter().partition(|block| block.track < last);
    let mut groups: Vec<(Stretch, Vec<Block>)> = Vec::new();
    for block in low {
        match groups.last_mut() {
            Some((during, group)) if block.taken.from < during.until => {
                during.until = during.until.max(block.taken.until);
                group.push(block);
            }
            _ => groups.push((block.taken, vec![block])),
        }
    }
    let mut more = Vec::new();
    for (during, group) in groups {
        if let [_] = group.as_slice() {
            drawn.extend(group.into_iter().map(|block| Block { track: last, ..block }));
        } else {
            more.push(More { during, count: group.len() });
        }
    }
    (drawn, more)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::board::BlockOf;

    fn block(from: u32, until: u32, track: u32) -> Block {
        let taken = Stretch { from, until };
        let what = BlockOf::Reserved { cover: None };
        Block { taken, used: Some(taken), track, starts: String::new(), ends: String::new(), what }
    }

    #[test]
    fn as_many_tracks_as_there_are_are_drawn() {
        let blocks: Vec<Block> = (0..6).map(|track| block(540, 600, track)).collect();
        assert_eq!(folded(blocks.clone(), 6, 6), (blocks, Vec::new()));
    }

    #[test]
    fn what_lies_lower_is_counted_and_nothing_hides_another() {
        let mut blocks: Vec<Block> = (0..9).map(|track| block(540, 600 + track, track)).collect();
        blocks.push(block(700, 760, 5));
        blocks.push(block(800, 860, 0));
        let (drawn, more) = folded(blocks.clone(), 9, 6);
        assert_eq!(more, [More { during: Stretch { from: 540, until: 608 }, count: 4 }]);
        assert_eq!(drawn.len() + 4, blocks.len());
        assert!(drawn.iter().any(|drawn| drawn.taken.from == 700 && drawn.track == 5), "what is alone there is drawn");
        let on = |track: u32| drawn.iter().filter(move |block| block.track == track);
        for track in 0..6 {
            assert!(on(track).all(|one| {
                on(track).all(|other| one == other || one.taken.until <= other.taken.from || other.taken.until <= one.taken.from)
            }));
        }
    }

    #[test]
    fn one_lower_track_alone_is_drawn_where_it_overlaps_nothing_on_the_last() {
        let blocks = vec![block(540, 600, 0), block(540, 700, 1), block(550, 560, 2), block(650, 660, 2)];
        let (drawn, more) = folded(blocks.clone(), 3, 2);
        assert_eq!((drawn.len(), more), (1, vec![More { during: Stretch { from: 540, until: 700 }, count: 3 }]));
    }
}
