//! Which role the scopes of a syntax play; parses no code.

use std::sync::OnceLock;

use syntect::parsing::{Scope, ScopeStack};

use crate::theme::Role;

/// What a scope, and all that are named after it, says. A second name before it is one that must enclose it.
const TABLE: &[(&str, Role)] = {
    use Role as R;
    &[
        ("comment", R::Comment),
        ("constant", R::Constant),
        ("constant.numeric", R::Number),
        ("entity.name", R::Type),
        ("entity.name.enum.tag-digest", R::Constant),
        ("entity.name.function", R::Function),
        ("entity.name.tag", R::Attribute),
        ("entity.name.label", R::Attribute),
        ("entity.name.other", R::Variable),
        ("entity.name.variable", R::Variable),
        ("entity.other.attribute-name", R::Attribute),
        ("entity.other.inherited-class", R::Type),
        ("entity.section", R::Type),
        ("invalid", R::Code),
        ("keyword", R::Keyword),
        ("keyword.control.flow.alias", R::Operator),
        ("keyword.control.flow.block-scalar", R::Operator),
        ("keyword.control.property.anchor", R::Operator),
        ("keyword.name", R::Attribute),
        ("keyword.operator", R::Operator),
        ("keyword.operator.dockerfile", R::Keyword),
        ("keyword.operator.expression", R::Keyword),
        ("keyword.operator.logical.python", R::Keyword),
        ("keyword.operator.logical.sql", R::Keyword),
        ("keyword.operator.new", R::Keyword),
        ("keyword.operator.word", R::Keyword),
        ("keyword.other.block", R::Punctuation),
        ("keyword.other.interpolation", R::Punctuation),
        ("keyword.other.unit", R::Number),
        ("markup.bold", R::Constant),
        ("markup.deleted", R::Deleted),
        ("markup.heading", R::Keyword),
        ("markup.inserted", R::Inserted),
        ("markup.raw", R::Str),
        ("markup.underline.link", R::Str),
        ("meta.brace", R::Punctuation),
        ("meta.diff.header", R::Keyword),
        ("meta.diff.range", R::Number),
        ("meta.interpolation", R::Code),
        ("meta.mapping.key punctuation.definition.string", R::Attribute),
        ("meta.mapping.key string", R::Attribute),
        ("meta.object-literal.key", R::Attribute),
        ("meta.template.expression", R::Code),
        ("punctuation", R::Punctuation),
        ("punctuation.definition.annotation", R::Attribute),
        ("punctuation.definition.comment", R::Comment),
        ("punctuation.definition.deleted", R::Deleted),
        ("punctuation.definition.from-file", R::Keyword),
        ("punctuation.definition.heading", R::Keyword),
        ("punctuation.definition.inserted", R::Inserted),
        ("punctuation.definition.parameter", R::Attribute),
        ("punctuation.definition.range", R::Number),
        ("punctuation.definition.string", R::Str),
        ("punctuation.definition.to-file", R::Keyword),
        ("punctuation.definition.variable", R::Variable),
        ("punctuation.separator.decimal", R::Number),
        ("source", R::Code),
        ("storage", R::Keyword),
        ("storage.type.buildin", R::Type),
        ("storage.type.function.arrow", R::Operator),
        ("storage.type.go", R::Type),
        ("storage.type.primitive", R::Type),
        ("storage.type.string", R::Str),
        ("storage.type.void", R::Type),
        ("string", R::Str),
        ("support.class", R::Type),
        ("support.constant", R::Constant),
        ("support.function", R::Function),
        ("support.macro", R::Function),
        ("support.type", R::Type),
        ("support.type.property-name", R::Attribute),
        ("support.variable", R::Variable),
        ("text", R::Code),
        ("variable", R::Variable),
        ("variable.annotation", R::Attribute),
        ("variable.declaration.terraform variable", R::Attribute),
        ("variable.function", R::Function),
        ("variable.language", R::Constant),
        ("variable.parameter.option", R::Attribute),
    ]
};

/// A row of the table, ready to be compared.
struct ScopeRule {
    around: Option<Scope>,
    scope: Scope,
    role: Role,
}

impl ScopeRule {
    fn new(selector: &str, role: Role) -> Self {
        let scope = |name| Scope::new(name).expect("the table holds at most eight words in a name");
        let (around, inner) = match selector.split_once(' ') {
            Some((around, inner)) => (Some(scope(around)), inner),
            None => (None, selector),
        };
        Self { around, scope: scope(inner), role }
    }

    fn matches(&self, scope: Scope, enclosing: &[Scope]) -> bool {
        let encloses = |around: Scope| enclosing.iter().any(|scope| around.is_prefix_of(*scope));
        self.scope.is_prefix_of(scope) && self.around.is_none_or(encloses)
    }
}

/// Returns the rows, the most particular first.
fn rows() -> &'static [ScopeRule] {
    static ROWS: OnceLock<Vec<ScopeRule>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let mut rows: Vec<ScopeRule> =
            TABLE.iter().map(|(selector, role)| ScopeRule::new(selector, *role)).collect();
        rows.sort_by_key(|row| std::cmp::Reverse((row.around.is_some(), row.scope.len())));
        rows
    })
}

/// Returns the role of a piece of code: what the innermost of its scopes says that says anything.
pub(super) fn role(scopes: &ScopeStack) -> Role {
    let scopes = scopes.as_slice();
    let says = |at: usize| rows().iter().find(|row| row.matches(scopes[at], &scopes[..at]));
    (0..scopes.len()).rev().find_map(says).map_or(Role::Code, |row| row.role)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role_of(names: &str) -> Role {
        role(&ScopeStack::from_vec(names.split(' ').map(|name| Scope::new(name).unwrap()).collect()))
    }

    #[test]
    fn the_innermost_and_most_particular_scope_decides() {
        assert_eq!(
            role_of("source.yaml string.unquoted.plain.out.yaml entity.name.tag.yaml"),
            Role::Attribute
        );
        assert_eq!(role_of("source.json meta.mapping.key.json string.quoted.double.json"), Role::Attribute);
        assert_eq!(role_of("source.json meta.mapping.value.json string.quoted.double.json"), Role::Str);
        assert_eq!(role_of("source.ts string.template.ts meta.template.expression.ts"), Role::Code);
        assert_eq!(role_of("source.x keyword.operator.x"), Role::Operator);
        assert_eq!(role_of("source.x keywords.x"), Role::Code);
        assert_eq!(role_of("source.x"), Role::Code);
        assert_eq!(role(&ScopeStack::new()), Role::Code);
    }
}
