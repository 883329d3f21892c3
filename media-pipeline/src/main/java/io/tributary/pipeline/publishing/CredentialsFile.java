package io.tributary.pipeline.publishing;

import io.tributary.settings.ObjectStoreCredentials;
import java.io.IOException;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The object store's credentials from their file, read at each use: it may be changed while an
 * encoding of hours is on its way.
 */
public final class CredentialsFile implements AwsCredentialsProvider {
  private final Path file;

  /** Reads this file. */
  public CredentialsFile(Path file) {
    this.file = file;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    try {
      ObjectStoreCredentials credentials = ObjectStoreCredentials.in(file);
      return AwsBasicCredentials.create(credentials.accessKeyId(), credentials.secretAccessKey());
    } catch (IOException e) {
      throw SdkClientException.create(String.valueOf(e.getMessage()), e);
    }
  }
}
