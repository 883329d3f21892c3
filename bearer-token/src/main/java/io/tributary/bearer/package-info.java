@NullMarked
package io.tributary.bearer;

import org.jspecify.annotations.NullMarked;
