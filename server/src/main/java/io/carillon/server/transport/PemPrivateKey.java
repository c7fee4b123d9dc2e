package io.carillon.server.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Reads a private key in PEM form.
 *
 * <p>The JDK reads only PKCS#8. The older forms, which many tools still write, lack only the name
 * of the algorithm (and of the curve), and the certificate's public key has that name.
 */
final class PemPrivateKey {

  static final Pattern BEGIN = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----");

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z ]*PRIVATE KEY)-----(.*?)-----END \\1-----", Pattern.DOTALL);
  private static final String BY_PASSWORD_2 = "1.2.840.113549.1.5.13";

  private static final int OCTETS = 0x04;
  private static final int SEQUENCE = 0x30;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  private PemPrivateKey() {}

  /**
   * @param pem the file's content
   * @param counterpart the certificate's public key, of whose kind the key should be
   * @throws GeneralSecurityException if there is no such key; the message is for people
   */
  static PrivateKey read(String pem, @Nullable String password, PublicKey counterpart)
      throws GeneralSecurityException {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new GeneralSecurityException(
          BEGIN.matcher(pem).find()
              ? "the private key in it has no end (expected: PEM, up to the line -----END ...-----)"
              : "it holds no private key (expected: PEM)");
    }
    String body = block.group(2);
    if (body.contains("Proc-Type:")) {
      throw new GeneralSecurityException(
          "it is encrypted in an old form (expected: PKCS#8; openssl pkcs8 -topk8 makes that)");
    }
    byte[] key = decode(body);
    return switch (block.group(1)) {
      case "PRIVATE KEY" -> keyOf(new PKCS8EncodedKeySpec(key), counterpart);
      case "RSA PRIVATE KEY", "EC PRIVATE KEY" ->
          keyOf(new PKCS8EncodedKeySpec(wrap(key, counterpart)), counterpart);
      case "ENCRYPTED PRIVATE KEY" -> keyOf(decrypt(key, password), counterpart);
      default ->
          throw new GeneralSecurityException(
              "it holds a key of an unknown form (expected: PKCS#8, RSA or EC)");
    };
  }

  private static byte[] decode(String body) throws GeneralSecurityException {
    try {
      return Base64.getMimeDecoder().decode(body.strip());
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException("it holds no private key (expected: PEM)", e);
    }
  }

  private static PrivateKey keyOf(PKCS8EncodedKeySpec spec, PublicKey counterpart)
      throws GeneralSecurityException {
    String algorithm = counterpart.getAlgorithm();
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(spec);
    } catch (GeneralSecurityException e) {
      throw new GeneralSecurityException(
          "it holds no key of the certificate's kind, " + algorithm, e);
    }
  }

  private static PKCS8EncodedKeySpec decrypt(byte[] key, @Nullable String password)
      throws GeneralSecurityException {
    if (password == null) {
      throw new GeneralSecurityException("it is encrypted (expected: tls.key_password, too)");
    }
    try {
      EncryptedPrivateKeyInfo info = new EncryptedPrivateKeyInfo(key);
      String algorithm =
          info.getAlgName().equals("PBES2") || info.getAlgName().equals(BY_PASSWORD_2)
              ? info.getAlgParameters().toString()
              : info.getAlgName();
      Cipher cipher = Cipher.getInstance(algorithm);
      cipher.init(
          Cipher.DECRYPT_MODE,
          SecretKeyFactory.getInstance(algorithm)
              .generateSecret(new PBEKeySpec(password.toCharArray())),
          info.getAlgParameters());
      return info.getKeySpec(cipher);
    } catch (IOException | GeneralSecurityException | NullPointerException e) {
      // The JDK throws the last one if the parameters are missing.
      throw new GeneralSecurityException("tls.key_password doesn't open it", e);
    }
  }

  /** PKCS#8 (RFC 5208) around a key of an older form. */
  private static byte[] wrap(byte[] key, PublicKey counterpart) {
    return der(SEQUENCE, VERSION_0, algorithmOf(counterpart), der(OCTETS, key));
  }

  /** The algorithm's identifier: the first part of an encoded public key. */
  private static byte[] algorithmOf(PublicKey key) {
    ByteBuffer der = ByteBuffer.wrap(key.getEncoded());
    readHeader(der);
    int start = der.position();
    int length = readHeader(der);
    return Arrays.copyOfRange(der.array(), start, der.position() + length);
  }

  /** Skips a tag and a length, and returns the length. */
  private static int readHeader(ByteBuffer der) {
    der.get();
    int first = der.get() & 0xFF;
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7F); i++) {
      length = length << 8 | (der.get() & 0xFF);
    }
    return length;
  }

  private static byte[] der(int tag, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(tag);
    if (length < 0x80) {
      out.write(length);
    } else {
      int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
      out.write(0x80 | bytes);
      for (int i = bytes - 1; i >= 0; i--) {
        out.write(length >> (8 * i));
      }
    }
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
