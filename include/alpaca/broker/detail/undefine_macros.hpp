// Puts other headers' macros aside that have the name of something in the header that includes this: after all other
// includes, once, with restore_macros.hpp at the end. No include guard, because every header needs it for itself.
//
//   BadRequest, Status   <X11/X.h>, <X11/Xlib.h>
#pragma push_macro("BadRequest")
#pragma push_macro("Status")
#undef BadRequest
#undef Status
#define ALPACA_BROKER_MACROS_ARE_UNDEFINED
