//! What the row of chrome says: the talk's title, and for the moment a message.

/// The talk's title, and a message in its place until the next key.
#[derive(Default)]
pub(super) struct StatusLine {
    title: String,
    message: Option<String>,
}

impl StatusLine {
    /// Returns the talk's title.
    pub(super) fn title(&self) -> &str {
        &self.title
    }

    /// Changes the talk's title.
    pub(super) fn set_title(&mut self, title: String) {
        self.title = title;
    }

    /// Returns the message, where there is one.
    pub(super) fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// Shows a message.
    pub(super) fn say(&mut self, message: impl Into<String>) {
        self.message = Some(message.into());
    }

    /// Removes the message, and returns it.
    pub(super) fn clear(&mut self) -> Option<String> {
        self.message.take()
    }

    /// Shows `now` in place of `before`: a complaint that has changed, or that is settled where `now` is none; another
    /// message stays then. Returns whether the line is another one now.
    pub(super) fn replace(&mut self, before: Option<&str>, now: Option<String>) -> bool {
        let is_shown = before.is_some() && self.message() == before;
        if now.is_none() && !is_shown {
            return false;
        }
        let is_news = self.message != now;
        self.message = now;
        is_news
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_settled_complaint_leaves_other_messages_alone() {
        let mut status = StatusLine::default();
        assert!(status.replace(None, Some("cannot read it".to_owned())));
        assert!(!status.replace(Some("cannot read it"), Some("cannot read it".to_owned())));
        assert!(status.replace(Some("cannot read it"), None));
        status.say("read again");
        assert!(!status.replace(Some("cannot read it"), None));
        assert_eq!(status.message(), Some("read again"));
    }
}
