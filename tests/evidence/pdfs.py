"""PDFs written by hand, for what no program would write: a password, pictures alone."""

import hashlib

PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
PICTURE = (
    b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
    b"/BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"
)
PAINT = b"q 100 0 0 100 0 0 cm /P Do Q"


def written(text: str) -> bytes:
    """What draws a line of text on a page."""
    return b"BT /F 12 Tf 20 150 Td (" + text.encode("ascii") + b") Tj ET"


def pdf(*pages: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these pages, each given by what draws it."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        PICTURE,
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, drawn in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents %d 0 R "
            b"/Resources << /XObject << /P 3 0 R >> /Font << /F 4 0 R >> >> >>" % (6 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (len(objects) + 1, trailer)
        + b"startxref\n%d\n%%%%EOF\n" % len(body)
    )


def with_password() -> bytes:
    """A PDF that a password must open: PDF 1.4, algorithms 3.2 and 3.4, revision 2."""
    code = b"0123456789abcdef"
    owner, rights = b"o" * 32, (-4).to_bytes(4, "little", signed=True)
    password = (b"open sesame" + PADDING)[:32]
    key = hashlib.md5(password + owner + rights + code, usedforsecurity=False).digest()[:5]
    user = rc4(key, PADDING)
    hexed = [part.hex().encode() for part in (owner, user, code)]
    return pdf(
        written("Hidden"),
        trailer=b"/Encrypt << /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >> /ID [<%s> <%s>]"
        % (hexed[0], hexed[1], hexed[2], hexed[2]),
    )


def rc4(key: bytes, content: bytes) -> bytes:
    """The RC4 cipher."""
    box, mixed = list(range(256)), 0
    for place in range(256):
        mixed = (mixed + box[place] + key[place % len(key)]) % 256
        box[place], box[mixed] = box[mixed], box[place]
    out, first, second = bytearray(), 0, 0
    for byte in content:
        first = (first + 1) % 256
        second = (second + box[first]) % 256
        box[first], box[second] = box[second], box[first]
        out.append(byte ^ box[(box[first] + box[second]) % 256])
    return bytes(out)
