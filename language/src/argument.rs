use fluent_bundle::FluentValue;
use std::borrow::Cow;

/// A text or number put into a message. A number chooses its plural form (Unicode CLDR).
#[derive(Debug, Clone)]
pub struct Argument<'a>(pub(crate) FluentValue<'a>);

macro_rules! arguments {
    ($($kind:ty),*) => {$(
        impl<'a> From<$kind> for Argument<'a> {
            fn from(value: $kind) -> Self {
                Self(FluentValue::from(value))
            }
        }
    )*};
}

arguments!(&'a str, &'a String, String, Cow<'a, str>, u8, u16, u32, u64, usize, i8, i16, i32, i64, isize);
