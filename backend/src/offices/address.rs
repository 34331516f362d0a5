//! Where the pages of an office are reached: what every link begins with that leaves the program.

use domain::offices::HostName;

/// The address of an office that bears this host name, where the program itself is reached at `public_url`: in its scheme and at its
/// port, at the office's own host. Without a slash at the end, as `public_url` is.
pub fn public_address(public_url: &str, host_name: Option<&HostName>) -> String {
    let Some((host_name, (scheme, authority))) = host_name.zip(public_url.split_once("://")) else { return public_url.to_owned() };
    // An address of IPv6 has colons of its own, within brackets.
    let port = authority.rsplit_once(':').map(|(_, port)| port).filter(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    match port {
        Some(port) => format!("{scheme}://{host_name}:{port}"),
        None => format!("{scheme}://{host_name}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_office_is_reached_at_its_own_host_in_the_scheme_and_at_the_port_of_the_program() {
        let host = HostName::parse("office.example").unwrap();
        for (url, address) in [
            ("https://protocol.example", "https://office.example"),
            ("https://protocol.example:8443", "https://office.example:8443"),
            ("http://127.0.0.1:3000", "http://office.example:3000"),
            ("http://[::1]", "http://office.example"),
            ("http://[::1]:3000", "http://office.example:3000"),
        ] {
            assert_eq!(public_address(url, Some(&host)), address);
            assert_eq!(public_address(url, None), url);
        }
    }
}
