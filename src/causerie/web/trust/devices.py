"""What one presses on each kind of device, in the words of its own settings."""

from dataclasses import dataclass

from causerie.i18n import phrase

PROFILE, CERTIFICATE = "/trust/ca.mobileconfig", "/trust/ca.crt"
GETS_PROFILE, GETS_CERTIFICATE = phrase("Fetch the profile"), phrase("Fetch the certificate")


@dataclass(frozen=True)
class Device:
    """`{name}` in a step is the authority, as the device shows it. With the first step the file is fetched."""

    kind: str
    name: str
    steps: tuple[str, ...]
    file: str = CERTIFICATE
    fetches: str = GETS_CERTIFICATE


DEVICES = (
    Device(
        "apple",
        phrase("iPhone and iPad"),
        (
            phrase("Open this page in Safari, fetch the profile and press “Allow”."),
            phrase("Open Settings: press “Profile Downloaded” at the top, then “Install”, and give your code."),
            phrase("Then Settings, General, About, Certificate Trust Settings: switch on “{name}”."),
        ),
        PROFILE,
        GETS_PROFILE,
    ),
    Device(
        "android",
        "Android",
        (
            phrase("Fetch the certificate and keep the file."),
            phrase(
                "Open Settings and search there for “CA certificate”; on some devices it lies under Security, "
                "Encryption and credentials, Install a certificate."
            ),
            phrase("Press “Install anyway”, give your code, and choose the file causerie.crt."),
            phrase(
                "Use Chrome. Firefox asks for more: in its settings press “About Firefox”, five times its sign "
                "there, go back, and under “Secret Settings” switch on third-party certificates."
            ),
        ),
    ),
    Device(
        "mac",
        "Mac",
        (
            phrase("Fetch the certificate, open the file and add it to the “login” keychain."),
            phrase("In Keychain Access open “{name}”, then “Trust”, and choose “Always Trust” at the top."),
            phrase("Close the window and give your password."),
        ),
    ),
    Device(
        "windows",
        "Windows",
        (
            phrase("Fetch the certificate, open the file and press “Install Certificate”."),
            phrase(
                "Choose “Current User”, then “Place all certificates in the following store”, and there “Trusted "
                "Root Certification Authorities”."
            ),
            phrase("Press “Finish”, then “Yes”. Close the browser and open it again."),
        ),
    ),
    Device(
        "linux",
        phrase("Linux with Chrome or Chromium"),
        (
            phrase("Fetch the certificate."),
            phrase(
                "Open chrome://certificate-manager, then “Custom”, “Installed by you”, and import the file under "
                "“Trusted certificates”."
            ),
        ),
    ),
    Device(
        "firefox",
        phrase("Firefox on any computer"),
        (
            phrase("Fetch the certificate and keep the file."),
            phrase(
                "In Firefox’s settings search for “certificates”, press “View Certificates”, then “Authorities” "
                "and “Import”."
            ),
            phrase("Choose the file and tick that it may identify websites."),
        ),
    ),
)
# Looked up from the first line down: most name others, too.
MARKS = (
    ("iPhone", "apple"),
    ("iPad", "apple"),
    ("Android", "android"),
    ("Firefox/", "firefox"),
    ("Windows", "windows"),
    ("Macintosh", "mac"),
    ("Linux", "linux"),
    ("CrOS", "linux"),
)


def of_agent(agent: str) -> str:
    """The kind of device that asks; empty where it does not say."""
    return next((kind for mark, kind in MARKS if mark in agent), "")
