"""Signing as an office's token does it: with a self-made certificate, without any network."""

from __future__ import annotations

import datetime
import io

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

DER = serialization.Encoding.DER


class Signer:
    """A person with a certificate of their own making."""

    def __init__(self, name="Lê Văn An"):
        self.name = name
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        now = datetime.datetime.now(datetime.UTC)
        made = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + datetime.timedelta(days=30))
            .sign(key, hashes.SHA256())
        )
        self.certificate = made.public_bytes(DER)
        private = key.private_bytes(
            DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self.signer = signers.SimpleSigner(
            signing_cert=asn1_x509.Certificate.load(self.certificate),
            signing_key=asn1_keys.PrivateKeyInfo.load(private),
            cert_registry=SimpleCertificateStore(),
        )

    def sign(self, content, field="Signature1", box=None):
        """The PDF with a signature appended; in ``box`` (points) it is seen on page 1."""
        metadata = signers.PdfSignatureMetadata(field_name=field, reason="Ký ban hành")
        spec = fields.SigFieldSpec(field, on_page=0, box=box)
        pen = signers.PdfSigner(metadata, signer=self.signer, new_field_spec=spec)
        return pen.sign_pdf(IncrementalPdfFileWriter(io.BytesIO(content))).getvalue()


def with_page_changed(content):
    """An update that writes over the first page, as a PDF editor appends it."""
    from pyhanko.pdf_utils import generic  # noqa: PLC0415

    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    stream = writer.add_object(generic.StreamObject(stream_data=b"0 0 400 400 re f"))
    writer.add_stream_to_page(0, stream)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
