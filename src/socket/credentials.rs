//! The user whose process is at the other end of a socket, as the system knows it.

use std::io;
use std::os::unix::net::UnixStream;

use interprocess::local_socket::traits::StreamCommon;
use interprocess::os::unix::uds_local_socket::Stream;
use rustix::process::geteuid;

/// The user who may do everything anyhow.
pub(super) const ROOT: u32 = 0;

/// Returns the number of the user that we are.
pub(super) fn us() -> u32 {
    geteuid().as_raw()
}

/// Returns the number of the user at the other end; none where the system does not say; then the folder's
/// mode is the protection.
///
/// # Errors
/// No more files may be open.
pub(super) fn user(stream: &UnixStream) -> io::Result<Option<u32>> {
    let twin = Stream::from(stream.try_clone()?);
    Ok(twin.peer_creds().ok().and_then(|peer| peer.euid()))
}

/// Returns the user who is none of those that are welcome.
pub(super) fn stranger(user: Option<u32>, welcome: &[u32]) -> Option<u32> {
    user.filter(|user| !welcome.contains(user))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_end_of_our_own_socket_is_ours() {
        let (one, _other) = UnixStream::pair().unwrap();
        assert_eq!(user(&one).unwrap(), Some(us()));
    }

    #[test]
    fn only_those_who_are_welcome_are_no_strangers() {
        assert_eq!(stranger(Some(1000), &[1000]), None);
        assert_eq!(stranger(Some(1001), &[1000, ROOT]), Some(1001));
        assert_eq!(stranger(Some(ROOT), &[1000]), Some(ROOT));
        assert_eq!(stranger(Some(ROOT), &[1000, ROOT]), None);
        assert_eq!(stranger(None, &[1000]), None);
    }
}
