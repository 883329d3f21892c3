/** Who a caller is, by the bearer tokens of the listed issuers. Knows no framework. */
@NullMarked
package io.tributary.bearer;

import org.jspecify.annotations.NullMarked;
