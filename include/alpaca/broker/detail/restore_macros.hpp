// Gives the macros back that undefine_macros.hpp put aside.
#pragma pop_macro("BadRequest")
#pragma pop_macro("Status")
