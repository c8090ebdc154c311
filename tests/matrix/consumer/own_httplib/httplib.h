#pragma once

// Stands for another version of cpp-httplib: classes and functions of the same names, of another size and doing
// something else.
#include <string>

namespace httplib {

struct Request {
  std::string path = "the program's own";
};

class Server {
 public:
  Server() = default;
  virtual ~Server() = default;
  virtual bool is_valid() const { return false; }
  bool is_running() const { return false; }
  void stop() { ++stops_; }
  int stops() const { return stops_; }

 private:
  int stops_ = 0;
};

}  // namespace httplib
