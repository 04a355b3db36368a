# Phone numbers as one comparable text each, however they are written. Pure.
import phonenumbers


def normalise(text, region):
    """A number by its international digits.

    :param region: the country that numbers without a country code belong to, as two letters
    :return: for example +201012345678, "" where it is no number that can be called
    """
    try:
        number = phonenumbers.parse(text or "", region or None)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
