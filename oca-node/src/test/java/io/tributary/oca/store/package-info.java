@NullMarked
package io.tributary.oca.store;

import org.jspecify.annotations.NullMarked;
