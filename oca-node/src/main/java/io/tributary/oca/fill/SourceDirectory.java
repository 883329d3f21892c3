package io.tributary.oca.fill;

import io.tributary.contracts.node.Sources;
import io.tributary.contracts.node.SourcesRequest;
import java.io.IOException;

/** Knows where files may be fetched from: the control plane, or a test. */
public interface SourceDirectory {
  /**
   * Sources of these files.
   *
   * @throws IOException if they cannot be had now
   */
  Sources sources(SourcesRequest request) throws IOException, InterruptedException;
}
