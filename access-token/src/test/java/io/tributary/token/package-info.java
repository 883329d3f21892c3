@NullMarked
package io.tributary.token;

import org.jspecify.annotations.NullMarked;
