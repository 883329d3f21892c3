package io.tributary.oca.check;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates this node believes.
 *
 * @param file that says so
 * @param certificates empty when it could not be read
 * @param failure null when it could be read
 */
record AuthorityFacts(Path file, List<X509Certificate> certificates, @Nullable String failure) {}
