package io.tributary.pipeline.publishing;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The object store's credentials from a properties file with {@code accessKeyId} and {@code
 * secretAccessKey}, read at each use: it may come after us, and be changed.
 */
public final class CredentialsFile implements AwsCredentialsProvider {
  private final Path file;

  /** Reads this file. */
  public CredentialsFile(Path file) {
    this.file = file;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IOException e) {
      throw SdkClientException.create("credentials-file is " + file + " (expected: readable)", e);
    }
    String id = properties.getProperty("accessKeyId");
    String secret = properties.getProperty("secretAccessKey");
    if (id == null || secret == null) {
      throw SdkClientException.create(
          "credentials-file is " + file + " (expected: accessKeyId and secretAccessKey in it)");
    }
    return AwsBasicCredentials.create(id, secret);
  }
}
