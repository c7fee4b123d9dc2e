// A classic script, which has the global of another script.
{
  const client: Carillon.TopicsClient = new Carillon.TopicsClient('/');
  client.on('line', (line) => console.log(line.length));
  client.connect();
}
