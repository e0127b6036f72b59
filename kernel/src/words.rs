//! Closed lists of words: how a choice is kept in the database, in addresses and in message ids.

/// Gives each variant of a choice its word: `ALL` in the order of pages, `word` and `from_word`.
#[macro_export]
macro_rules! words {
    ($type:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        impl $type {
            /// Every one of them, in the order in which pages show them.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The word in the database, in addresses and in message ids.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The one behind a word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}
