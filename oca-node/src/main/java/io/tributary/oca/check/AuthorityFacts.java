package io.tributary.oca.check;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates this node believes.
 *
 * @param file that says so; the setting's name when it names none
 * @param certificates empty when it could not be read
 * @param failure null when it could be read
 */
record AuthorityFacts(String file, List<X509Certificate> certificates, @Nullable String failure) {}
