@NullMarked
package io.tributary.oca;

import org.jspecify.annotations.NullMarked;
