//! What the labels of other programs mean here. Calls `base` and `model`.

use crate::base::text::fold;
use crate::model::EntityKind;

/// The kind that a label stands for; `None` where it is no label of names that is known.
pub(super) fn kind(label: &str) -> Option<EntityKind> {
    let label = fold(label.trim());
    let label = label.replace(['-', ' '], "_");
    // `LOC.City`, `PER_NAM` and the like begin with the type.
    let first = label.split(['.', ':', '/']).next().unwrap_or(&label);
    Some(match first {
        "person" | "per" | "people" | "pers" | "persname" | "human" => EntityKind::Person,
        "organization" | "organisation" | "org" | "orgname" | "company" | "institution" => {
            EntityKind::Organization
        }
        "place" | "loc" | "location" | "gpe" | "fac" | "facility" | "placename" | "geo"
        | "country" | "city" => EntityKind::Place,
        "group" | "norp" | "nationality" => EntityKind::Group,
        "event" | "namedevent" => EntityKind::Event,
        "work" | "work_of_art" | "law" | "product" => EntityKind::Work,
        "other" | "misc" | "miscellaneous" | "name" | "language" => EntityKind::Other,
        "date" | "time" => EntityKind::Date,
        "money" => EntityKind::Money,
        "percent" | "percentage" => EntityKind::Percent,
        "quantity" | "cardinal" | "ordinal" | "number" => EntityKind::Quantity,
        _ => return None,
    })
}

/// The kind of a label, and how its maker is told: one that is not known keeps its label there.
pub(super) fn kind_by(label: &str, by: &str) -> (EntityKind, String) {
    match kind(label) {
        Some(kind) => (kind, by.to_owned()),
        None => (
            EntityKind::Other,
            format!(
                "{by}: {}",
                crate::base::text::one_line(&crate::base::text::printable(label))
            ),
        ),
    }
}
